using System.Diagnostics;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Meetings;
using NodaTime;

namespace HybridCalendar.Domain.Organizations;

/// <summary>The organization's settings that change what people see.</summary>
/// <param name="People">When Join buttons of people's mailboxes are up.</param>
/// <param name="Rooms">The same of rooms' mailboxes.</param>
public sealed record Organization(JoinTimes People, JoinTimes Rooms)
{
    /// <summary>Its stream: there is one organization.</summary>
    public static readonly Guid Stream = new("7b0f1f6e-6a0c-5d0e-9c39-5a1f3f7c2d48");

    /// <summary>What holds before anything was recorded.</summary>
    public static Organization Default { get; } = new(JoinTimes.Default, JoinTimes.Default);

    /// <summary>When the Join buttons of a mailbox are up.</summary>
    public JoinTimes JoinTimesOf(MailboxKind kind, OwnJoinTimes own) =>
        own.Over(kind is MailboxKind.Room ? Rooms : People);

    public static Organization Evolve(Organization? organization, OrganizationEvent happened) =>
        happened switch
        {
            JoinTimesChanged e => (organization ?? Default) with { People = e.People, Rooms = e.Rooms },
            _ => throw new UnreachableException(
                $"{happened.GetType().Name} is not folded into {nameof(Organization)}"),
        };

    /// <summary>The organization's settings say when Join buttons are up. The same twice adds nothing.
    /// </summary>
    public static IReadOnlyList<OrganizationEvent> Declare(
        Organization? known, JoinTimes people, JoinTimes rooms, Instant now) =>
        known is { } && known.People == people && known.Rooms == rooms
            ? []
            : [new JoinTimesChanged(people, rooms) { At = now }];
}
