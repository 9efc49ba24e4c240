using HybridCalendar.Host.Read;
using NodaTime;

namespace HybridCalendar.Specs.Read;

/// <summary>A record that is a list: positions are 1, 2, 3 and so on.</summary>
internal sealed class ListedLog : IChangeLog
{
    private const int EventsPerPage = 100;
    private readonly List<(long Position, Guid? Mailbox, Change Change)> changes = [];
    private long visible;

    public long Last => changes.Count;

    /// <summary>How often it was asked how far it can be seen.</summary>
    public int TimesAsked { get; private set; }

    /// <summary>How often a page was read.</summary>
    public int PagesRead { get; private set; }

    /// <summary>How often a change was put into words.</summary>
    public int TimesTold { get; private set; }

    public void Append(Guid? mailbox, int count = 1)
    {
        for (; count > 0; count--)
        {
            var position = Last + 1;
            var change = new Change(position, mailbox, () => Task.FromResult(Tell(position, mailbox)));
            changes.Add((position, mailbox, change));
        }
    }

    /// <summary>The read models have folded so much more.</summary>
    public void Show(long count = long.MaxValue) => visible = Math.Min(Last, visible + Math.Min(count, Last));

    /// <summary>What concerns a mailbox after a position.</summary>
    public IEnumerable<long> After(long position, Guid? mailbox) =>
        from change in changes
        where change.Position > position
            && (mailbox is null || change.Mailbox is null || change.Mailbox == mailbox)
        select change.Position;

    public Task<long> Visible(CancellationToken cancellation)
    {
        TimesAsked++;
        return Task.FromResult(visible);
    }

    public Task<ChangePage> Read(long after, long until, Guid? mailbox, CancellationToken cancellation)
    {
        PagesRead++;
        Change[] page =
        [
            .. changes.Skip((int)after).Take((int)(until - after))
                .Select(e => e.Change)
                .Where(change => change.Concerns(mailbox))
                .Take(EventsPerPage),
        ];
        return Task.FromResult(new ChangePage(page.Length < EventsPerPage ? until : page[^1].Position, page));
    }

    private RecordedEvent Tell(long position, Guid? mailbox)
    {
        TimesTold++;
        var seenAt = Instant.FromUnixTimeSeconds(position);
        return new RecordedEvent(
            position, mailbox, null, null, seenAt, seenAt, null, null, null, "an_event", "something");
    }
}
