using System.Diagnostics;
using HybridCalendar.Domain.Meetings;

namespace HybridCalendar.Domain.Mailboxes;

/// <summary>How far the watching of a mailbox has come.</summary>
public enum MailboxStatus
{
    Pending,
    Active,
    Failed,
    Disabled,
}

/// <summary>Where a mailbox is.</summary>
/// <inheritdoc cref="MailboxLocated"/>
public sealed record MailboxPlace(string Url, string Grouping);

/// <summary>What <see cref="MailboxDecider"/> needs to know of a mailbox's past.</summary>
public sealed record Mailbox
{
    public required Sealed Address { get; init; }

    public required MailboxKind Kind { get; init; }

    public MailboxStatus Status { get; init; }

    /// <summary>Why it failed; null unless it did.</summary>
    public string? FailureCode { get; init; }

    /// <summary>Where Autodiscover found it last; null when it was not asked.</summary>
    public MailboxPlace? Place { get; init; }

    public AutomaticReplies Replies { get; init; } = AutomaticReplies.Disabled;

    /// <summary>When its Join buttons are up, where that is not as its kind has it.</summary>
    public OwnJoinTimes JoinTimes { get; init; } = OwnJoinTimes.None;

    /// <summary>What a room takes out of invitations.</summary>
    public ValueList<StrippedText> Stripped { get; init; } = [];
    /// <summary>Entries that the server showed and that were not recorded, when it was asked last.</summary>
    public int UnknownEntries { get; init; }

    public static Mailbox? Evolve(Mailbox? mailbox, MailboxEvent happened) => (mailbox, happened) switch
    {
        (null, MailboxEnabled e) => new Mailbox { Address = e.Address, Kind = e.Kind },
        (null, _) => throw new UnreachableException(
            $"{happened.GetType().Name} before {nameof(MailboxEnabled)}"),
        (_, MailboxEnabled e) => mailbox with
        {
            Address = e.Address,
            Kind = e.Kind,
            Status = MailboxStatus.Pending,
            FailureCode = null,
            Stripped = e.Kind == mailbox.Kind ? mailbox.Stripped : [],
        },
        (_, MailboxLocated e) => mailbox with { Place = new MailboxPlace(e.Url, e.Grouping) },
        (_, MailboxActivated) => mailbox with { Status = MailboxStatus.Active, FailureCode = null },
        (_, MailboxFailed e) => mailbox with { Status = MailboxStatus.Failed, FailureCode = e.Code },
        (_, AutomaticRepliesChanged e) => mailbox with { Replies = e.Replies },
        (_, MailboxJoinTimesChanged e) => mailbox with { JoinTimes = e.Own },
        (_, StrippedTextsChanged e) => mailbox with { Stripped = e.Kinds },
        (_, UnknownEntriesSeen e) => mailbox with { UnknownEntries = e.Count },
        (_, MailboxDisabled) => mailbox with
        {
            Status = MailboxStatus.Disabled,
            FailureCode = null,
            Place = null,
            Replies = AutomaticReplies.Disabled,
            JoinTimes = OwnJoinTimes.None,
            Stripped = [],
            UnknownEntries = 0,
        },
        _ => throw new UnreachableException(
            $"{happened.GetType().Name} is not folded into {nameof(Mailbox)}"),
    };
}
