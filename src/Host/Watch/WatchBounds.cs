using NodaTime;

namespace HybridCalendar.Host.Watch;

/// <summary>Every number that bounds the watching of calendars, beside the settings.</summary>
public static class WatchBounds
{
    /// <summary>Unreadable items that one look tries again.</summary>
    public const int ParkedItemsPerLook = 50;

    /// <summary>Mailboxes whose state is read from the store in one query.</summary>
    public const int MailboxesPerQuery = 500;

    /// <summary>
    /// Wait before a look is tried again after a broken connection: doubled each time, up to the longest.
    /// </summary>
    public static readonly Duration ShortestRetry = Duration.FromSeconds(1);

    /// <inheritdoc cref="ShortestRetry"/>
    public static readonly Duration LongestRetry = Duration.FromMinutes(1);

    /// <summary>The same while the mailbox is being moved: its move ends by itself.</summary>
    public static readonly Duration MoveRetry = Duration.FromMinutes(5);

    /// <summary>Looks at a mailbox that fail in a row before it is shown as failed.</summary>
    public const int AttemptsUntilFailed = 4;

    /// <summary>Meetings whose streams are read in one query.</summary>
    public const int MeetingsPerQuery = 500;

    /// <summary>Mailboxes that are reconciled at the same time: looks for people go before.</summary>
    public const int ReconciliationsAtOnce = 2;

    /// <summary>
    /// How often it is tried to reconcile a mailbox, about five minutes long, before it waits for its next
    /// turn.
    /// </summary>
    public const int ReconciliationAttempts = 10;

    /// <summary>How often it is seen to that each mailbox has the stream of its place.</summary>
    public static readonly Duration LocationCheck = Duration.FromSeconds(15);

    /// <summary>How long one page of a look may take before it is given up and tried again.</summary>
    public static readonly Duration Page = Duration.FromMinutes(5);
}
