namespace HybridCalendar.Simulation.Record;

/// <summary>
/// Keeps the projections behind the events, as Marten's daemon does: in the order of the places, up to where
/// nothing can come any more, document and progress in one commit.
/// </summary>
internal sealed class Daemon(Store store)
{
    private const int EventsTogether = 100;

    private readonly Dictionary<View, long> progress = View.All.ToDictionary(view => view, _ => 0L);
    private readonly Dictionary<View, Dictionary<Guid, string>> documents =
        View.All.ToDictionary(view => view, _ => new Dictionary<Guid, string>());

    /// <summary>Up to where every projection shows what is recorded.</summary>
    public long Visible => progress.Values.Min();

    /// <summary>The farthest that ever was.</summary>
    public long Shown { get; private set; }

    public bool IsBehind => progress.Values.Any(at => at < store.HighWater);

    public IReadOnlyDictionary<Guid, string> Of(string view) =>
        documents.Single(pair => pair.Key.Name == view).Value;

    /// <summary>All documents of all projections as lines.</summary>
    public IReadOnlyList<string> Lines =>
    [
        .. documents.SelectMany(view => view.Value.Select(pair => view.Key.Line(pair.Key, pair.Value)!))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Folds all there is into all projections.</summary>
    public void CatchUp()
    {
        while (IsBehind)
        {
            foreach (var view in View.All)
            {
                Fold(view, EventsTogether);
            }
        }
    }

    /// <summary>Folds the next events into one projection.</summary>
    /// <param name="most">How many.</param>
    /// <param name="isLost">The process ends before it commits.</param>
    public void Fold(View view, int most, bool isLost = false)
    {
        var highWater = store.HighWater;
        var batch = store.After(progress[view], highWater, most).ToList();
        var folded = batch.Where(e => view.Concerns(e.Data)).GroupBy(e => e.Stream)
            .Select(stream => (stream.Key, view.Fold(
                documents[view].GetValueOrDefault(stream.Key), stream.Key, stream.Select(e => e.Data))))
            .ToList();
        if (isLost)
        {
            return;
        }

        foreach (var (id, document) in folded)
        {
            if (document is null)
            {
                documents[view].Remove(id);
            }
            else
            {
                documents[view][id] = document;
            }
        }

        progress[view] = batch.Count < most ? highWater : batch[^1].Sequence;
        Shown = Math.Max(Shown, Visible);
    }

    /// <summary>Throws a projection away, to fold it again from the first event on.</summary>
    public void Rebuild(View view)
    {
        documents[view].Clear();
        progress[view] = 0;
    }
}
