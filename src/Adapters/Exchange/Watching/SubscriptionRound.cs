using System.Collections.Concurrent;
using HybridCalendar.Domain.Mailboxes;

namespace HybridCalendar.Adapters.Exchange.Watching;

/// <summary>One attempt to subscribe all who are missing.</summary>
internal sealed class SubscriptionRound
{
    private readonly ConcurrentQueue<CalendarSignal.Refused> failed = new();

    internal ConcurrentQueue<CalendarSignal.Refused> Refused { get; } = new();

    /// <summary>Those whose turn did not come.</summary>
    internal ConcurrentQueue<MailboxId> Untried { get; } = new();

    /// <summary>
    /// What concerns all: set by whoever meets it; the last one counts, each is reason enough to stop.
    /// </summary>
    internal volatile Trouble? Trouble;

    /// <summary>Nobody else need be tried: it would go on like this.</summary>
    internal bool IsOver => Trouble is not null || failed.Count >= Bounds.FailuresPerRound;

    /// <summary>The last failure of a connection; null when there was none.</summary>
    internal Trouble? Failure => failed.LastOrDefault() is { } last ? new Trouble(last.Code) : null;

    /// <summary>Who is not watched, and why; those not tried share the last failure.</summary>
    internal IReadOnlyList<CalendarSignal.Refused> Signals =>
    [
        .. Refused,
        .. failed,
        .. Untried.Select(mailbox => new CalendarSignal.Refused(mailbox, failed.Last().Code)),
    ];

    internal void Fail(MailboxId mailbox, string code) =>
        failed.Enqueue(new CalendarSignal.Refused(mailbox, code));
}
