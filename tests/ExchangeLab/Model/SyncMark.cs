namespace HybridCalendar.ExchangeLab.Model;

/// <summary>
/// What the change log knows of one item: when it came, when it last changed, whether it is gone.
/// </summary>
public sealed class SyncMark(long created)
{
    public long Created { get; } = created;

    /// <summary>Where the log mentions the item before the last time, in order; null for nowhere.</summary>
    private List<long>? _earlier;

    public long Last { get; private set; } = created;

    /// <summary>Records a further change.</summary>
    public void Add(long position)
    {
        (_earlier ??= []).Add(Last);
        Last = position;
    }

    /// <summary>The item's last position up to another one, as if nothing had happened since.</summary>
    public long LastUpTo(long top)
    {
        if (Last <= top || _earlier is null)
        {
            return Last;
        }

        var at = _earlier.BinarySearch(top);
        return _earlier[at >= 0 ? at : Math.Max(0, ~at - 1)];
    }

    public bool Gone { get; set; }
}
