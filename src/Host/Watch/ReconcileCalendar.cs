using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Meetings;
using Marten;
using NodaTime;
using NodaTime.Extensions;

namespace HybridCalendar.Host.Watch;

/// <summary>Compare what Exchange itself shows of a mailbox's calendar with what is recorded.</summary>
public sealed record ReconcileCalendar(MailboxId Mailbox);

/// <summary>
/// Reads Exchange's own expansion of a window, compares it with the streams, and commits what differs.
/// </summary>
/// <remarks>
/// Changes under way are no differences: compared is only when, after the window was read, nothing had
/// changed since the saved cursor, which is what the streams are of. Committing fails when a look came in
/// between.
/// </remarks>
public static partial class ReconcileCalendarHandler
{
    public static Task<LookOutcome> Handle(
        ReconcileCalendar reconcile,
        IDocumentSession session,
        ICalendars calendars,
        WatchedMailboxes mailboxes,
        TimeProvider clock,
        ILogger log,
        CancellationToken cancellation) =>
        Reconcile(reconcile, new MartenLedger(session), calendars, mailboxes, clock, log, cancellation);

    /// <summary>The same over any ledger; the caller commits.</summary>
    /// <returns><see cref="LookOutcome.More"/> when a look has to come first, or afterwards.</returns>
    public static async Task<LookOutcome> Reconcile(
        ReconcileCalendar reconcile,
        ILedger ledger,
        ICalendars calendars,
        WatchedMailboxes mailboxes,
        TimeProvider clock,
        ILogger log,
        CancellationToken cancellation)
    {
        if (mailboxes.Find(reconcile.Mailbox) is not { } mailbox)
        {
            return new LookOutcome.Unwatched();
        }

        if (await ledger.LoadCursor(mailbox.Id, cancellation)
            is not { IsComplete: true, Cursor: { } from } cursor)
        {
            return new LookOutcome.More();
        }

        var now = Instant.Max(clock.GetCurrentInstant(), cursor.LookedAt);
        var window = ReconciledWindow.At(now);
        var shown = await calendars.ReadWindow(mailbox, window.From, window.To, cancellation);
        if (shown is not Reply<IReadOnlyList<WindowEntry>>.Answer(var entries))
        {
            return Failure(shown);
        }

        var changes = await calendars.ReadChanges(mailbox, mailbox.Seal.Open(from), [], cancellation);
        if (changes is not Reply<CalendarPage>.Answer(var page))
        {
            return Failure(changes);
        }

        return page is { IsLast: true, Items.Count: 0 }
            ? await Record(ledger, cursor, new Look(mailbox.Id, now, LookTrigger.Reconciliation), window,
                entries, log, cancellation)
            : new LookOutcome.More();
    }

    private static async Task<LookOutcome> Record(
        ILedger ledger,
        CalendarCursor cursor,
        Look look,
        ReconciledWindow window,
        IReadOnlyList<WindowEntry> entries,
        ILogger log,
        CancellationToken cancellation)
    {
        var recorded = await Recorded(ledger, look.Mailbox, cursor, cancellation);
        var parked = await ledger.FindParked(look.Mailbox, cancellation);
        var items = parked.Select(item => item.Id).ToHashSet();
        var meetings = parked.Select(item => item.Correlation).ToHashSet();
        var compared = Reconciliation.Compare(
            recorded,
            entries.Select(entry => (Entry: entry, Correlation: CorrelationId.Of(entry.GlobalId)))
                .Select(shown => new ShownEntry(
                    shown.Correlation,
                    shown.Entry.Shown,
                    IsParked: meetings.Contains(shown.Correlation.Value)
                        || items.Contains(KnownItem.KeyOf(look.Mailbox, shown.Entry.ItemId)))),
            window);

        var (hasNews, isMissing) = (false, false);
        foreach (var (meeting, state) in recorded)
        {
            foreach (var happened in Reconciliation.Decide(state, compared.Shown[meeting], window, look))
            {
                ledger.Append(meeting.Value, [happened]);
                hasNews = true;
                if (happened is MeetingExpansionCorrected corrected)
                {
                    LogDifference(
                        log, meeting.Value, look.Mailbox.Value, corrected.Missing, corrected.Surplus);
                    isMissing |= corrected.Occurrences.Count == 0;
                }
            }
        }

        var hasUnknown = await RecordUnknown(ledger, look, compared.Unknown, window, log, cancellation);

        // What is missed or not known any more comes right when the calendar is read from its beginning.
        if (isMissing || hasUnknown)
        {
            ledger.MoveOn(cursor with
            {
                Cursor = null, Pass = cursor.Pass + 1, IsComplete = false, LookedAt = look.At,
            });
            return new LookOutcome.More();
        }

        if (hasNews)
        {
            ledger.MoveOn(cursor with { LookedAt = look.At });
        }

        return new LookOutcome.Done();
    }

    private static async Task<IReadOnlyDictionary<MeetingId, Meeting>> Recorded(
        ILedger ledger, MailboxId mailbox, CalendarCursor cursor, CancellationToken cancellation)
    {
        var recorded = new Dictionary<MeetingId, Meeting>();
        var known = await ledger.FindKnownBefore(mailbox, cursor.Pass + 1, cancellation);
        foreach (var batch in known.Select(item => item.Meeting).Distinct()
            .Chunk(WatchBounds.MeetingsPerQuery))
        {
            var states = await ledger.Fold<Meeting, MeetingEvent>(batch, Meeting.Evolve, cancellation);
            foreach (var (meeting, state) in states.Where(state => state.Value.InCalendar))
            {
                recorded[new MeetingId(meeting)] = state;
            }
        }

        return recorded;
    }

    // Whether there are such entries, more or fewer than before.
    private static async Task<bool> RecordUnknown(
        ILedger ledger,
        Look look,
        int count,
        ReconciledWindow window,
        ILogger log,
        CancellationToken cancellation)
    {
        var isNews = false;
        await ledger.Record(
            look.Mailbox,
            known =>
            {
                var news = MailboxDecider.Reconcile(known, look.Mailbox, count, window, look.At);
                isNews = news.Count > 0;
                return news;
            },
            cancellation);
        if (isNews && count > 0)
        {
            LogUnknown(log, look.Mailbox.Value, count);
        }

        return isNews && count > 0;
    }

    private static LookOutcome Failure<T>(Reply<T> reply) => reply switch
    {
        Reply<T>.Busy(var until) => new LookOutcome.Busy(until),
        Reply<T>.Refused refused => new LookOutcome.Refused(refused.Code, refused.Reaction),
        Reply<T>.Gone => new LookOutcome.More(),
        _ => throw new System.Diagnostics.UnreachableException($"{reply.GetType().Name} is not handled"),
    };

    [LoggerMessage(LogLevel.Warning, "Exchange shows meeting {Meeting} of mailbox {Mailbox} otherwise than "
        + "recorded: {Missing} occurrences missing, {Surplus} more.")]
    private static partial void LogDifference(
        ILogger log, Guid meeting, Guid mailbox, int missing, int surplus);

    [LoggerMessage(
        LogLevel.Warning, "Exchange shows {Count} entries of mailbox {Mailbox} that are not recorded.")]
    private static partial void LogUnknown(ILogger log, Guid mailbox, int count);
}
