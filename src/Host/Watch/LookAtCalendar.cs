using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Meetings;
using Marten;
using NodaTime;
using NodaTime.Extensions;

namespace HybridCalendar.Host.Watch;

/// <summary>Read the next page of what changed in a mailbox's calendar.</summary>
/// <param name="Continues">Whether an earlier page of the same look was read.</param>
public sealed record LookAtCalendar(MailboxId Mailbox, LookTrigger Trigger, bool Continues = false);

/// <summary>How a page of a look went. Exactly one of the nested cases.</summary>
public abstract record LookOutcome
{
    private LookOutcome() { }

    /// <summary>The calendar was read to its end.</summary>
    /// <param name="DropsCorrection">Whether a meeting changed that Exchange had shown otherwise.</param>
    public sealed record Done(bool DropsCorrection = false) : LookOutcome;

    /// <summary>There is another page; of a reconciliation: there is something to be looked at.</summary>
    public sealed record More : LookOutcome;

    /// <summary>Exchange has no time before that instant.</summary>
    public sealed record Busy(Instant Until) : LookOutcome;

    /// <summary>Exchange refused. Asking again at once does not help.</summary>
    /// <param name="Reaction">What may help.</param>
    public sealed record Refused(string Code, Reaction Reaction) : LookOutcome
    {
        /// <summary>Whether nothing helps until somebody changes the mailbox, its rights or the server.
        /// </summary>
        public bool IsParked =>
            Reaction is Reaction.ParkMailbox or Reaction.Alarm or Reaction.Mistake or Reaction.FindFolder;
    }

    /// <summary>The mailbox is not watched.</summary>
    public sealed record Unwatched : LookOutcome;
}

/// <summary>
/// Reads one page, decides, and commits the events, the cursor and what is known of the items
/// in one transaction.
/// </summary>
public static class LookAtCalendarHandler
{
    /// <summary>Exchange answers, and does not come on: asking again at once would never end.</summary>
    private const string NoProgress = "no-progress";

    public static Task<LookOutcome> Handle(
        LookAtCalendar look,
        IDocumentSession session,
        ICalendars calendars,
        WatchedMailboxes mailboxes,
        TimeProvider clock,
        CancellationToken cancellation) =>
        Look(look, new MartenLedger(session), calendars, mailboxes, clock, cancellation);

    /// <summary>The same over any ledger; the caller commits.</summary>
    public static async Task<LookOutcome> Look(
        LookAtCalendar look,
        ILedger ledger,
        ICalendars calendars,
        WatchedMailboxes mailboxes,
        TimeProvider clock,
        CancellationToken cancellation)
    {
        if (mailboxes.Find(look.Mailbox) is not { } mailbox)
        {
            return new LookOutcome.Unwatched();
        }

        var cursor = await ledger.LoadCursor(look.Mailbox, cancellation)
            ?? new CalendarCursor { Id = look.Mailbox.Value };
        var now = Instant.Max(clock.GetCurrentInstant(), cursor.LookedAt);
        var from = cursor.Cursor is null ? null : mailbox.Seal.Open(cursor.Cursor);
        var parked = look.Continues ? [] : await Parked(ledger, mailbox, cancellation);
        var reply = await calendars.ReadChanges(mailbox, from, parked, cancellation);
        switch (reply)
        {
            case Reply<CalendarPage>.Answer(var page) when !page.IsLast && page.Cursor == from:
                return await Refuse(NoProgress, Reaction.Retry);
            case Reply<CalendarPage>.Answer(var page):
                var commit = new PageCommit(ledger, look, mailbox, cursor, now);
                await commit.Add(page, cancellation);
                return page.IsLast ? new LookOutcome.Done(commit.DropsCorrection) : new LookOutcome.More();
            case Reply<CalendarPage>.Gone when from is null:
                return await Refuse(NoProgress, Reaction.Retry);
            case Reply<CalendarPage>.Gone:
                ledger.MoveOn(cursor with { Cursor = null, Pass = cursor.Pass + 1, IsComplete = false });
                return new LookOutcome.More();
            case Reply<CalendarPage>.Busy(var until):
                return new LookOutcome.Busy(until);
            case Reply<CalendarPage>.Refused refused:
                return await Refuse(refused.Code, refused.Reaction);
            default:
                throw new System.Diagnostics.UnreachableException($"{reply.GetType().Name} is not handled");
        }

        // What passes by itself is recorded by whoever sees that it does not.
        async Task<LookOutcome> Refuse(string code, Reaction reaction)
        {
            var refused = new LookOutcome.Refused(code, reaction);
            if (refused.IsParked)
            {
                await ledger.Record(
                    look.Mailbox, known => MailboxDecider.Fail(known, look.Mailbox, code, now), cancellation);
            }

            return refused;
        }
    }

    // The items that wait longest for another try.
    private static async Task<IReadOnlyCollection<string>> Parked(
        ILedger ledger, WatchedMailbox mailbox, CancellationToken cancellation)
    {
        var items = await ledger.FindParked(mailbox.Id, cancellation);
        return
        [
            .. items.OrderBy(item => item.TriedAt)
                .Take(WatchBounds.ParkedItemsPerLook)
                .Select(item => mailbox.Seal.Open(item.ItemId)),
        ];
    }
}
