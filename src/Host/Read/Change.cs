namespace HybridCalendar.Host.Read;

/// <summary>A recorded event that readers can see, on its way to those who listen.</summary>
/// <param name="position">Its place among all events.</param>
/// <param name="mailbox">The mailbox it is about; null when it is about all.</param>
/// <param name="tell">Puts it into words, which is done once for all who listen, and not if nobody does.
/// </param>
public sealed class Change(long position, Guid? mailbox, Func<Task<RecordedEvent>> tell)
{
    private readonly Lazy<Task<RecordedEvent>> told = new(tell);

    public long Position => position;

    public Task<RecordedEvent> InWords => told.Value;

    /// <summary>Whether it concerns who listens to a mailbox, or to all.</summary>
    public bool Concerns(Guid? listened) => listened is null || mailbox is null || mailbox == listened;
}

/// <summary>A part of the record.</summary>
/// <param name="Reached">Up to where it was read: what comes after is not in it.</param>
public sealed record ChangePage(long Reached, IReadOnlyList<Change> Changes);

/// <summary>The record, as those who listen need it: in order, as far as the read models show it.</summary>
public interface IChangeLog
{
    /// <summary>
    /// How far the read models show it. Nothing at or before that position is recorded any more.
    /// </summary>
    Task<long> Visible(CancellationToken cancellation);

    /// <summary>The next page of what is between two positions, the latter included.</summary>
    /// <param name="mailbox">Only what concerns this one; null for all.</param>
    Task<ChangePage> Read(long after, long visible, Guid? mailbox, CancellationToken cancellation);
}
