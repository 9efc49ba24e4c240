namespace HybridCalendar.Host.Rebuild;

/// <summary>
/// How far a rebuild is, for whoever watches it; written by many, so each number stands alone.
/// </summary>
internal class BuildProgress
{
    private long position;
    private long events;

    /// <summary>The last event that was read, and the last that will be, in the part at work.</summary>
    public long Position => Interlocked.Read(ref position);

    public long Ceiling { get; private set; }

    public int Part { get; private set; }

    public int Parts { get; private set; } = 1;

    /// <summary>Events that were folded, in all parts.</summary>
    public long Events => Interlocked.Read(ref events);

    /// <summary>What is being done.</summary>
    public string Doing { get; private set; } = "begins";

    public void Begins(int part, int parts, long ceiling)
    {
        (Part, Parts, Ceiling, Doing) = (part, parts, ceiling, "folds");
        Interlocked.Exchange(ref position, 0);
    }

    public void Folded(long at, int count)
    {
        if (at > 0)
        {
            Interlocked.Exchange(ref position, at);
        }

        Interlocked.Add(ref events, count);
    }

    public void Writes()
    {
        Interlocked.Exchange(ref position, Ceiling);
        Doing = "writes";
    }

    public void Swaps(string model) => Doing = $"completes {model}";

    public virtual void Swapped(string model) => Doing = $"has swapped {model}";
}
