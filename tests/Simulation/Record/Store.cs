using HybridCalendar.Host.Watch;

namespace HybridCalendar.Simulation.Record;

/// <summary>Where the service keeps what it knows.</summary>
internal interface IStore
{
    ITransaction Open();
}

/// <summary>A ledger, and how what it gathered is kept.</summary>
internal interface ITransaction : ILedger
{
    /// <summary>
    /// Runs the statements: the events take their places among all events, which others cannot see yet.
    /// </summary>
    /// <exception cref="JasperFx.ConcurrencyException">Somebody else was here meanwhile.</exception>
    Task Execute();

    /// <summary>All that was executed counts, for everybody.</summary>
    Task Commit();

    /// <summary>Nothing of it ever was, but that the events' places are used up.</summary>
    Task RollBack();
}

/// <summary>
/// A database in memory, with what PostgreSQL and Marten promise: transactions that see what is committed,
/// revisions and versions that are checked, and places that are given out before the commit.
/// </summary>
internal sealed class Store : IStore
{
    private readonly Func<int, int> below;
    private readonly SortedDictionary<long, StoredEvent> events = [];
    private readonly Dictionary<Guid, List<StoredEvent>> streams = [];
    private readonly HashSet<long> open = [];
    private long lastSequence;

    /// <param name="below">Draws a number that is not negative, and below another.</param>
    public Store(Func<int, int> below)
    {
        this.below = below;
        Daemon = new Daemon(this);
    }

    /// <summary>What keeps the projections.</summary>
    public Daemon Daemon { get; }

    public Dictionary<Guid, CalendarCursor> Cursors { get; } = [];

    public Dictionary<Guid, KnownItem> Known { get; } = [];

    public Dictionary<Guid, ParkedItem> Parked { get; } = [];

    /// <summary>All committed events, in the order of their places.</summary>
    public IReadOnlyCollection<StoredEvent> Events => events.Values;

    /// <summary>
    /// The place up to which nothing can come any more: every event is committed, or never will be.
    /// </summary>
    public long HighWater => open.Count == 0 ? lastSequence : open.Min() - 1;

    public ITransaction Open() => new Transaction(this);

    public IReadOnlyList<StoredEvent> StreamOf(Guid id) => streams.GetValueOrDefault(id) ?? [];

    public IEnumerable<StoredEvent> After(long sequence, long highWater, int most) =>
        events.Values.SkipWhile(e => e.Sequence <= sequence).TakeWhile(e => e.Sequence <= highWater)
            .Take(most);

    /// <summary>A database gives rows in no order.</summary>
    public IReadOnlyList<T> InAnyOrder<T>(IEnumerable<T> rows)
    {
        var all = rows.ToList();
        for (var last = all.Count - 1; last > 0; last--)
        {
            var other = below(last + 1);
            (all[last], all[other]) = (all[other], all[last]);
        }

        return all;
    }

    public long TakePlace()
    {
        open.Add(++lastSequence);
        return lastSequence;
    }

    public void Add(StoredEvent added)
    {
        open.Remove(added.Sequence);
        events.Add(added.Sequence, added);
        if (!streams.TryGetValue(added.Stream, out var stream))
        {
            streams[added.Stream] = stream = [];
        }

        stream.Add(added);
    }

    public void GiveUp(long sequence) => open.Remove(sequence);
}
