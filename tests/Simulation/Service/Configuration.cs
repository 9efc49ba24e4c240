using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.ExchangeLab.Model;
using HybridCalendar.Simulation.Calendars;
using NodaTime;
using Organization = HybridCalendar.Domain.Organizations.Organization;

namespace HybridCalendar.Simulation.Service;

/// <summary>What operators gave a process to start with.</summary>
/// <param name="Listed">The mailboxes that its list has, and what each has of its own.</param>
/// <param name="Organization">When Join buttons are up otherwise.</param>
internal sealed record Configuration(
    IReadOnlyList<(WatchedMailbox Mailbox, OwnJoinTimes Times)> Listed, Organization Organization)
{
    /// <summary>All mailboxes, and nothing of their own.</summary>
    public static Configuration Usual { get; } =
        new([.. People.Watched.Select(one => (one, OwnJoinTimes.None))], Organization.Default);

    /// <summary>Other times, for all or for some.</summary>
    public Configuration WithOtherTimes(RepeatableRandom dice) => new(
        [
            .. Listed.Select(one => (one.Mailbox, new OwnJoinTimes(
                dice.Chance(0.5) ? Minutes(dice) : null, dice.Chance(0.5) ? Minutes(dice) : null))),
        ],
        new Organization(
            new JoinTimes(Minutes(dice), Minutes(dice)), new JoinTimes(Minutes(dice), Minutes(dice))));

    /// <summary>One mailbox is missing.</summary>
    public Configuration Shortened(RepeatableRandom dice) =>
        this with { Listed = [.. dice.PickSome(Listed, Listed.Count - 1)] };

    /// <summary>When the Join buttons of a mailbox are up.</summary>
    public JoinTimes TimesOf(WatchedMailbox mailbox) => Organization.JoinTimesOf(
        mailbox.Kind, Listed.Single(one => one.Mailbox == mailbox).Times);

    private static Duration Minutes(RepeatableRandom dice) => Duration.FromMinutes(dice.Below(16));
}
