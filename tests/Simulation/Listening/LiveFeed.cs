using HybridCalendar.Host.Read;
using HybridCalendar.Simulation.Record;
using HybridCalendar.Simulation.Service;
using Microsoft.Extensions.Logging.Abstractions;

namespace HybridCalendar.Simulation.Listening;

/// <summary>
/// The feed of one process, the real one, over what is stored: each answer takes steps, in which the world
/// goes on.
/// </summary>
internal sealed class LiveFeed : IChangeLog
{
    private const int MostChangesOfAPage = 4;

    /// <summary>How often a connection to the database breaks.</summary>
    private const double BreakingShare = 0.04;

    private readonly World world;
    private readonly Store store;
    private readonly Process process;
    private bool isHandingOut;

    public LiveFeed(World world, Store store, Process process)
    {
        (this.world, this.store, this.process) = (world, store, process);
        Feed = new ChangeFeed(this, world.Clock, NullLogger<ChangeFeed>.Instance);
    }

    public ChangeFeed Feed { get; }

    public override string ToString() => $"the feed of {process}";

    /// <summary>Hands out what has become visible: one after the other, as the service does.</summary>
    public async Task HandOut()
    {
        if (isHandingOut)
        {
            return;
        }

        isHandingOut = true;
        try
        {
            await Feed.HandOut(default);
        }
        catch (TimeoutException)
        {
            // Those who listen wait.
        }

        isHandingOut = false;
    }

    public async Task<long> Visible(CancellationToken cancellation)
    {
        var visible = store.Daemon.Visible;
        await Pause("is told how far the read models are", cancellation);
        return visible;
    }

    public async Task<ChangePage> Read(
        long after, long visible, Guid? mailbox, CancellationToken cancellation)
    {
        var most = 1 + world.Dice.Below(MostChangesOfAPage);
        var page = store.After(after, visible, int.MaxValue)
            .Where(e => mailbox is null || e.Mailbox is null || e.Mailbox == mailbox)
            .Take(most)
            .ToList();
        await Pause("is given changes", cancellation);
        return new ChangePage(
            page.Count < most ? visible : page[^1].Sequence,
            [.. page.Select(e => new Change(e.Sequence, e.Mailbox, NotInWords))]);
    }

    private static Task<RecordedEvent> NotInWords() => throw new NotSupportedException();

    private async Task Pause(string where, CancellationToken cancellation)
    {
        await world.Steps.Pause(this, where);
        cancellation.ThrowIfCancellationRequested();
        if (world.IsStormy && world.Dice.Chance(BreakingShare))
        {
            throw new TimeoutException("The connection to the database broke.");
        }
    }
}
