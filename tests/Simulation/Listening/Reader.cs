using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Host.Read;
using HybridCalendar.Simulation.Record;
using HybridCalendar.Simulation.Service;

namespace HybridCalendar.Simulation.Listening;

/// <summary>
/// One who listens to changes, as a browser does: it keeps the last id that it was told, and resumes with it.
/// </summary>
/// <param name="mailbox">Of whom it wants to hear; null for all.</param>
internal sealed class Reader(World world, WatchedMailbox? mailbox)
{
    private readonly List<long> told = [];
    private Connection? connection;
    private long? start;
    private long last;

    public bool IsListening => connection is not null;

    /// <summary>Whom it listens to; null for nobody.</summary>
    public Process? Listened => connection?.Process;

    public override string ToString() => $"the reader of {mailbox?.Address ?? "all"}";

    public void Connect(Process process)
    {
        var own = connection = new Connection(this, process);
        world.Steps.Start(own, $"{this} listens to {process}", () => Listen(own, process.Feed!));
    }

    /// <summary>Goes away; the process may still send what nobody hears.</summary>
    public void Leave() => world.Steps.Do($"{this} goes away", () =>
    {
        connection?.Gone.Cancel();
        connection = null;
    });

    /// <summary>A process ended: nothing comes from it any more.</summary>
    public void Lose(Process process)
    {
        if (Listened == process)
        {
            world.Steps.Kill(connection!);
            connection = null;
        }
    }

    /// <exception cref="SimulationException">
    /// It was not told each change exactly once, in order, since it first listened.
    /// </exception>
    public void Check(IEnumerable<StoredEvent> events)
    {
        long[] should =
        [
            .. events.Where(e => e.Sequence > start)
                .Where(e => mailbox is null || e.Mailbox is null || e.Mailbox == mailbox.Id.Value)
                .Select(e => e.Sequence),
        ];
        if (!should.SequenceEqual(told))
        {
            throw new SimulationException(
                $"It is not as it should be: what {this} was told after {start}.\n"
                + $"missing: {string.Join(' ', should.Except(told))}\n"
                + $"surplus: {string.Join(' ', told.Except(should))}\n"
                + $"{should.Length} changes should be, {told.Count} are.");
        }
    }

    private async Task Listen(Connection own, LiveFeed feed)
    {
        try
        {
            var from = start is null ? await feed.Feed.Visible(own.Gone.Token) : last;
            using var listener = feed.Feed.Open(from, mailbox?.Id.Value);
            Take(own, new Heard.Alive(from));
            await foreach (var heard in listener.Listen(CancellationToken.None, own.Gone.Token))
            {
                await world.Steps.Pause(own, "is told");
                Take(own, heard);
            }
        }
        catch (Exception broken) when (broken is OperationCanceledException or TimeoutException)
        {
            // It resumes.
        }

        connection = connection == own ? null : connection;
    }

    private void Take(Connection own, Heard heard)
    {
        if (connection != own)
        {
            return;
        }

        var position = heard switch
        {
            Heard.Changed(var change) => change.Position,
            Heard.Alive(var reached) => reached,
            _ => throw new SimulationException($"{this} was told {heard}."),
        };
        start ??= position;
        if (heard is Heard.Changed)
        {
            told.Add(position);
        }

        if (position < last || position > world.Shown)
        {
            throw new SimulationException($"{this} was told of {position} after {last}: {heard}.");
        }

        last = position;
    }

    private sealed class Connection(Reader reader, Process process)
    {
        public Process Process => process;

        public CancellationTokenSource Gone { get; } = new();

        public override string ToString() => $"{reader}";
    }
}
