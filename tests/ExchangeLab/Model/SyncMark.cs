namespace HybridCalendar.ExchangeLab.Model;

/// <summary>
/// What the change log knows of one item: when it came, when it last changed, whether it is gone.
/// </summary>
public sealed class SyncMark(long created)
{
    public long Created { get; } = created;

    /// <summary>Where the log mentions the item, in order.</summary>
    private readonly List<long> _positions = [created];

    public long Last => _positions[^1];

    /// <summary>Records a further change.</summary>
    public void Add(long position) => _positions.Add(position);

    /// <summary>The item's last position up to another one, as if nothing had happened since.</summary>
    public long LastUpTo(long top)
    {
        var at = _positions.BinarySearch(top);
        return _positions[at >= 0 ? at : Math.Max(0, ~at - 1)];
    }

    public bool Gone { get; set; }
}
