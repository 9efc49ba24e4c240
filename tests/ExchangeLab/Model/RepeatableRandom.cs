namespace HybridCalendar.ExchangeLab.Model;

/// <summary>
/// A generator of repeatable random numbers (SplitMix64), equal on every platform and version.
/// </summary>
public sealed class RepeatableRandom(ulong seed)
{
    private const double UnitInDoubleBits = 1.0 / (1UL << 53);
    private ulong _state = seed;

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15UL;
            var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9UL;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
            return mixed ^ (mixed >> 31);
        }
    }

    /// <summary>A number from 0 (included) to <paramref name="bound"/> (excluded).</summary>
    public int Below(int bound) => (int)(Next() % (ulong)bound);

    /// <summary>True in the given share (0 to 1) of the calls.</summary>
    public bool Chance(double share) => (Next() >> 11) * UnitInDoubleBits < share;

    /// <summary>One of the choices.</summary>
    public T Pick<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    /// <summary>
    /// Up to <paramref name="count"/> different ones of the choices, in the order of the draw.
    /// </summary>
    public List<T> PickSome<T>(IReadOnlyList<T> choices, int count)
    {
        var left = choices.ToList();
        var picked = new List<T>();
        while (picked.Count < count && left.Count > 0)
        {
            var at = Below(left.Count);
            picked.Add(left[at]);
            left.RemoveAt(at);
        }

        return picked;
    }
}
