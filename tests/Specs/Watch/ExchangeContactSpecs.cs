using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Host.Health;
using HybridCalendar.Host.Watch;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace HybridCalendar.Specs.Watch;

/// <summary>What operators are told of Exchange, in words and numbers.</summary>
public class ExchangeContactSpecs
{
    private static readonly MailboxId Ada = new(new Guid("0c4e2f60-5ad1-8b7c-9d3e-6f1a2b3c4d5e"));
    private static readonly MailboxId Ben = new(new Guid("1d5f3071-6be2-8c8d-8e4f-7a2b3c4d5e6f"));

    private readonly ExchangeContact exchange = new(TimeProvider.System);

    [Fact]
    public void An_alarm_is_news_once_until_it_is_another_one()
    {
        exchange.Alarm(Ada, "http-403").ShouldBeTrue();
        exchange.Alarm(Ada, "http-403").ShouldBeFalse();
        exchange.Alarm(Ben, "http-403").ShouldBeTrue();
        exchange.Alarms.ShouldBe([new("http-403", 2)]);
        exchange.Alarm(Ada, "http-404").ShouldBeTrue();
        exchange.Alarms.ShouldBe([new("http-403", 1), new("http-404", 1)], ignoreOrder: true);
    }

    [Fact]
    public void An_alarm_ends_when_its_mailbox_is_read_again()
    {
        exchange.Alarm(Ada, "http-403");
        exchange.Alarm(Ben, "http-403");
        exchange.Answer();
        exchange.Answer(Ada);
        exchange.Alarms.ShouldBe([new("http-403", 1)]);
        exchange.Alarm(Ada, "http-403").ShouldBeTrue();
    }

    [Fact]
    public async Task Health_is_degraded_by_an_alarm_and_says_the_code_and_how_many_it_holds_up()
    {
        exchange.Answer();
        (await Health()).Status.ShouldBe(HealthStatus.Healthy);

        exchange.Alarm(Ada, "ErrorImpersonationDenied");

        var health = await Health();
        health.Status.ShouldBe(HealthStatus.Degraded);
        health.Description.ShouldBe("Somebody has to act: ErrorImpersonationDenied.");
        health.Data["alarms"].ShouldBeAssignableTo<IReadOnlyDictionary<string, int>>()
            .ShouldBe([new("ErrorImpersonationDenied", 1)]);

        exchange.Answer(Ada);
        (await Health()).Status.ShouldBe(HealthStatus.Healthy);
    }

    [Fact]
    public async Task Trouble_with_all_of_exchange_counts_for_more_than_an_alarm()
    {
        exchange.Alarm(Ada, "http-403");
        (await Health()).Status.ShouldBe(HealthStatus.Unhealthy);
        exchange.Answer();
        exchange.Fail("http-502");
        (await Health()).Description.ShouldBe("Exchange cannot be asked: http-502.");
    }

    private Task<HealthCheckResult> Health() =>
        new ExchangeHealth(exchange, TimeProvider.System)
            .CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken);
}
