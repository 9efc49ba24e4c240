using System.Diagnostics;
using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Host.Watch;
using HybridCalendar.Projections;
using Marten;
using NodaTime.Extensions;

namespace HybridCalendar.Benchmarks.Lifecycle;

/// <summary>Events a second.</summary>
/// <param name="Committed">Until all were committed.</param>
/// <param name="Visible">Until all were in the read models too.</param>
internal sealed record Rate(double Committed, double Visible);

/// <summary>What one variant came to in one round.</summary>
internal sealed record Outcome(
    Variant Variant,
    Rate Import,
    Rate Busy,
    IReadOnlyList<Delay> BusyDelays,
    IReadOnlyList<Delay> CalmDelays);

/// <summary>One variant's turn in one round: an import, then days of changes, into an empty schema.</summary>
/// <remarks>The looks are the service's own: its handler reads, decides and fills the session.</remarks>
internal sealed class Turn(DocumentStore store, PretendCalendars calendars, Load load, Visibility visibility)
{
    private static readonly TimeSpan CatchUpMax = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(4);

    public static async Task<Outcome> Take(
        OwnDatabase database,
        Variant variant,
        PretendCalendars calendars,
        Load load,
        CancellationToken cancellation)
    {
        await database.Execute($"drop schema if exists {Catalog.Schema} cascade", cancellation);
        await using var store = variant.Open(database.Connection);
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        using var daemon = variant.HasDaemon ? await store.BuildProjectionDaemonAsync() : null;
        await (daemon?.StartAllAsync() ?? Task.CompletedTask);
        using var seen = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var visibility = new Visibility(database.Connection, variant.HasDaemon);
        var seeing = visibility.Run(seen.Token);
        try
        {
            var taking = new Turn(store, calendars, load, visibility).Take(variant, cancellation);
            await await Task.WhenAny(taking, seeing);
            return await taking;
        }
        finally
        {
            await seen.CancelAsync();
            await seeing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await (daemon?.StopAllAsync() ?? Task.CompletedTask);
        }
    }

    private async Task<Outcome> Take(Variant variant, CancellationToken cancellation)
    {
        await Rated((mailbox, _) => Enable(mailbox, cancellation), looks: 1, cancellation);
        var import = await Rated(ReadOn, load.ImportPages, cancellation);
        visibility.TakeDelays();
        var busy = await Rated(Look, load.BusyLooks, cancellation);
        var busyDelays = visibility.TakeDelays();
        await ByEachWriter(Look, load.CalmLooks, load.Pause, cancellation);
        await CatchUp(cancellation);
        return new Outcome(variant, import, busy, busyDelays, visibility.TakeDelays());

        Task<int> ReadOn(WatchedMailbox mailbox, int page) => ReadPage(mailbox, page > 0, cancellation);
        Task<int> Look(WatchedMailbox mailbox, int look) => ReadPage(mailbox, false, cancellation);
    }

    private async Task<Rate> Rated(
        Func<WatchedMailbox, int, Task<int>> act, int looks, CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        var events = await ByEachWriter(act, looks, TimeSpan.Zero, cancellation);
        var committed = Stopwatch.GetElapsedTime(began);
        await CatchUp(cancellation);
        var visible = Stopwatch.GetElapsedTime(began);
        return new Rate(events / committed.TotalSeconds, events / visible.TotalSeconds);
    }

    // So many looks at each mailbox, by the one writer it belongs to. Answers how many events came of it.
    private async Task<int> ByEachWriter(
        Func<WatchedMailbox, int, Task<int>> act, int looks, TimeSpan pause, CancellationToken cancellation)
    {
        var writers = Enumerable.Range(0, Load.Writers).Select(writer => Task.Run(() => Write(writer)));
        return (await Task.WhenAll(writers)).Sum();

        async Task<int> Write(int writer)
        {
            var mine = calendars.Mailboxes.All.Where((_, index) => index % Load.Writers == writer).ToArray();
            var count = 0;
            await Task.Delay(pause * writer / Load.Writers, cancellation);
            for (var look = 0; look < looks; look++)
            {
                foreach (var mailbox in mine)
                {
                    count += await act(mailbox, look);
                    await (pause > TimeSpan.Zero ? Task.Delay(pause, cancellation) : Task.CompletedTask);
                }
            }

            return count;
        }
    }

    private async Task<int> Enable(WatchedMailbox mailbox, CancellationToken cancellation)
    {
        await using var session = store.LightweightSession();
        var address = mailbox.Seal.Seal(mailbox.Address);
        var now = TimeProvider.System.GetCurrentInstant();
        await new MartenLedger(session).Record(
            mailbox.Id,
            known => MailboxDecider.Enable(known, mailbox.Id, address, MailboxKind.User, now),
            cancellation);
        return await Commit(session, Stopwatch.GetTimestamp(), cancellation);
    }

    private async Task<int> ReadPage(WatchedMailbox mailbox, bool continues, CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        await using var session = store.LightweightSession();
        var look = new LookAtCalendar(mailbox.Id, LookTrigger.Hint, continues);
        await LookAtCalendarHandler.Handle(
            look, session, calendars, calendars.Mailboxes, TimeProvider.System, cancellation);
        return await Commit(session, began, cancellation);
    }

    private async Task<int> Commit(IDocumentSession session, long began, CancellationToken cancellation)
    {
        var events = session.PendingChanges.Streams().SelectMany(stream => stream.Events).ToArray();
        await session.SaveChangesAsync(cancellation);
        var committed = Stopwatch.GetTimestamp();
        var last = events.Length == 0 ? 0 : events.Max(e => e.Sequence);
        if (last == 0)
        {
            throw new InvalidOperationException("A look brought no events, or they have no sequence.");
        }

        visibility.Committed(last, began, committed);
        return events.Length;
    }

    private async Task CatchUp(CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        while (!visibility.IsCaughtUp)
        {
            if (Stopwatch.GetElapsedTime(began) > CatchUpMax)
            {
                throw new TimeoutException($"The read models did not catch up within {CatchUpMax}.");
            }

            await Task.Delay(Pause, cancellation);
        }
    }
}
