namespace HybridCalendar.ExchangeLab.Model;

/// <summary>
/// The change log of one calendar folder: positions, of which only an item's last one counts.
/// </summary>
public sealed class SyncLog
{
    private readonly List<int> _serials = [];
    private readonly Dictionary<int, SyncMark> _marks = [];

    /// <summary>The newest position; 0 when nothing ever happened.</summary>
    public long Newest => _serials.Count;

    public void Created(int serial)
    {
        _serials.Add(serial);
        _marks[serial] = new SyncMark(Newest);
    }

    public void Updated(int serial)
    {
        _serials.Add(serial);
        _marks[serial].Add(Newest);
    }

    public void Deleted(int serial)
    {
        Updated(serial);
        _marks[serial].Gone = true;
    }

    /// <summary>
    /// The items whose last change is after <paramref name="after"/> and before <paramref name="before"/>,
    /// newest first, with their positions, all as they were at <paramref name="top"/>: what changes while a
    /// client reads page by page comes again in the next round.
    /// </summary>
    public IEnumerable<(int Serial, long Position, SyncMark Mark)> Between(
        long after, long before, long top)
    {
        for (var position = Math.Min(before - 1, Newest); position > after; position--)
        {
            var serial = _serials[(int)(position - 1)];
            var mark = _marks[serial];
            if (mark.LastUpTo(top) == position)
            {
                yield return (serial, position, mark);
            }
        }
    }
}
