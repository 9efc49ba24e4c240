using CsCheck;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Host.Watch;
using NodaTime;

namespace HybridCalendar.Specs.Watch;

public class ReconcilerSpecs
{
    private static readonly Gen<(Instant Now, MailboxId Mailbox, Duration Period)> Moments = Gen.Select(
        Gen.Long[0, 4_000_000_000], Gen.Guid, Gen.Int[10, 7 * 86_400], (second, id, period) => (
            Instant.FromUnixTimeSeconds(second), new MailboxId(id), Duration.FromSeconds(period)));

    [Fact]
    public void A_mailbox_has_one_moment_in_each_period_and_the_same_whenever_one_asks() =>
        Moments.Sample((now, mailbox, period) =>
        {
            var moment = Reconciler.MomentAfter(now, mailbox, period);
            moment.ShouldBeGreaterThan(now - Duration.FromMilliseconds(1));
            moment.ShouldBeLessThanOrEqualTo(now + period + Duration.FromMilliseconds(1));
            var next = Reconciler.MomentAfter(moment + Duration.FromMilliseconds(1), mailbox, period);
            (next - moment - period).TotalSeconds.ShouldBe(0, tolerance: 0.001);
        });

    [Fact]
    public void The_moments_of_many_mailboxes_are_spread_over_the_period()
    {
        const int Parts = 10;
        var now = Instant.FromUtc(2026, 11, 23, 9, 0);
        var random = new Random(1);
        var id = new byte[16];
        var parts = Enumerable.Range(0, 10_000).Select(_ =>
        {
            random.NextBytes(id);
            var moment = Reconciler.MomentAfter(now, new MailboxId(new Guid(id)), Duration.FromDays(1));
            return (int)((moment - now).TotalDays * Parts);
        });
        parts.CountBy(part => part).ShouldAllBe(part => part.Value > 800 && part.Value < 1200);
    }
}
