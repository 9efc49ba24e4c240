using HybridCalendar.Domain.Meetings;
using NodaTime;

namespace HybridCalendar.Domain.Mailboxes;

/// <summary>
/// What the service learns of a mailbox, turned into what that adds to the record.
/// The same twice adds nothing.
/// </summary>
public static class MailboxDecider
{
    /// <summary>The organization's list of mailboxes has this one.</summary>
    /// <param name="times">What the list says of its join times, if anything.</param>
    public static IReadOnlyList<MailboxEvent> Enable(
        Mailbox? known,
        MailboxId id,
        Sealed address,
        MailboxKind kind,
        Instant now,
        OwnJoinTimes? times = null) =>
    [
        .. known is { Status: not MailboxStatus.Disabled }
            && known.Kind == kind && known.Address.Equals(address)
                ? []
                : new[] { new MailboxEnabled(address, kind) { Mailbox = id, At = now } },
        .. (known?.JoinTimes ?? OwnJoinTimes.None) == (times ?? OwnJoinTimes.None)
            ? []
            : new[]
            {
                new MailboxJoinTimesChanged(times ?? OwnJoinTimes.None) { Mailbox = id, At = now },
            },
    ];

    /// <summary>The organization's list of mailboxes has this one no more.</summary>
    public static IReadOnlyList<MailboxEvent> Disable(Mailbox? known, MailboxId id, Instant now) =>
        known is null or { Status: MailboxStatus.Disabled }
            ? []
            : [new MailboxDisabled { Mailbox = id, At = now }];

    /// <summary>Autodiscover told where the mailbox is.</summary>
    public static IReadOnlyList<MailboxEvent> Locate(
        Mailbox? known, MailboxId id, MailboxPlace place, Instant now) =>
        known is null or { Status: MailboxStatus.Disabled } || known.Place == place
            ? []
            : [new MailboxLocated(place.Url, place.Grouping) { Mailbox = id, At = now }];

    /// <summary>A look came to the calendar's end.</summary>
    public static IReadOnlyList<MailboxEvent> Read(Mailbox? known, MailboxId id, Instant now) =>
        known is { Status: MailboxStatus.Pending or MailboxStatus.Failed }
            ? [new MailboxActivated { Mailbox = id, At = now }]
            : [];

    /// <summary>Exchange refused a look for a reason that asking again at once does not mend.</summary>
    public static IReadOnlyList<MailboxEvent> Fail(Mailbox? known, MailboxId id, string code, Instant now) =>
        known is null or { Status: MailboxStatus.Disabled } || known.FailureCode == code
            ? []
            : [new MailboxFailed(code) { Mailbox = id, At = now }];

    /// <summary>The server's view of a window was compared with what is recorded.</summary>
    public static IReadOnlyList<MailboxEvent> Reconcile(
        Mailbox? known, MailboxId id, int unknownEntries, ReconciledWindow window, Instant now) =>
        known is null or { Status: MailboxStatus.Disabled } || known.UnknownEntries == unknownEntries
            ? []
            : [new UnknownEntriesSeen(unknownEntries, window.From, window.To) { Mailbox = id, At = now }];

    /// <summary>Exchange told the mailbox's automatic replies.</summary>
    public static IReadOnlyList<MailboxEvent> See(
        Mailbox? known, MailboxId id, AutomaticReplies replies, Instant now) =>
        known is null or { Status: MailboxStatus.Disabled } || known.Replies == replies
            ? []
            : [new AutomaticRepliesChanged(replies) { Mailbox = id, At = now }];

    /// <summary>A look at a room's calendar showed which texts its invitations have.</summary>
    public static IReadOnlyList<MailboxEvent> Judge(
        Mailbox? known, MailboxId id, IEnumerable<InvitationTexts> invitations, Instant now) =>
        known is { Kind: MailboxKind.Room, Status: not MailboxStatus.Disabled }
        && Stripping.Of(invitations) is var kinds && !known.Stripped.Equals(kinds)
            ? [new StrippedTextsChanged(kinds) { Mailbox = id, At = now }]
            : [];
}
