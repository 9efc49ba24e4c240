using HybridCalendar.Domain.Meetings;
using HybridCalendar.Host;
using Microsoft.Extensions.Configuration;
using NodaTime;

namespace HybridCalendar.Specs.Watch;

/// <summary>What the organization sets about when Join buttons are up.</summary>
public sealed class JoinTimesSettingsSpecs : IDisposable
{
    private readonly string mailboxes = Path.GetTempFileName();

    public void Dispose() => File.Delete(mailboxes);

    [Fact]
    public void Buttons_come_up_five_minutes_before_the_start_and_go_at_the_end_unless_that_is_set()
    {
        var settings = Read();

        settings.JoinTimes.ShouldBe(new JoinTimes(Duration.FromMinutes(5), Duration.Zero));
        settings.RoomJoinTimes.ShouldBe(settings.JoinTimes);
    }

    [Fact]
    public void Rooms_have_the_times_of_people_but_for_what_is_set()
    {
        var settings = Read(
            ("Read:Lead", "00:10:00"), ("Read:Tail", "00:03:00"), ("Read:RoomTail", "01:00:00"));

        settings.JoinTimes.ShouldBe(new JoinTimes(Duration.FromMinutes(10), Duration.FromMinutes(3)));
        settings.RoomJoinTimes.ShouldBe(new JoinTimes(Duration.FromMinutes(10), Duration.FromMinutes(60)));
    }

    [Theory]
    [InlineData("Read:Lead", "01:00:01")]
    [InlineData("Read:Tail", "-00:00:01")]
    [InlineData("Read:RoomLead", "soon")]
    [InlineData("Read:RoomTail", "1.00:00:00")]
    public void What_is_not_between_zero_and_an_hour_is_refused(string name, string value) =>
        Should.Throw<SettingsException>(() => Read((name, value))).Message.ShouldBe(
            $"{name.Replace(":", "__", StringComparison.Ordinal)} is '{value}': "
            + "a span from 00:00:00 to 01:00:00, written hh:mm:ss.");

    private Settings Read(params (string Name, string Value)[] more)
    {
        var settings = new Dictionary<string, string?>
        {
            ["ConnectionStrings:Calendar"] = "Host=localhost",
            ["Keys:File"] = "/var/lib/calendar/key",
            ["Exchange:Mailboxes"] = mailboxes,
            ["Exchange:Url"] = "https://mail.example.com/EWS/Exchange.asmx",
            ["Exchange:Account"] = "watcher@example.com",
            ["Exchange:Password"] = "not a secret",
        };
        foreach (var (name, value) in more)
        {
            settings[name] = value;
        }

        return Settings.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
    }
}
