using System.Globalization;
using System.Security.Cryptography;
using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Adapters.Exchange.Autodiscover;
using HybridCalendar.Adapters.Keys;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Host.Watch;
using NodaTime;

namespace HybridCalendar.Benchmarks.Lifecycle;

/// <summary>Calendars whose pages are made before the clock starts: only storing takes time.</summary>
internal sealed class PretendCalendars : ICalendars
{
    private const int Seed = 20261123;
    private readonly Dictionary<MailboxId, IReadOnlyList<CalendarPage>> pages = [];

    public PretendCalendars(Load load)
    {
        var random = new Random(Seed);
        for (var index = 0; index < load.Mailboxes; index++)
        {
            var id = new MailboxId(new Guid(index + 1, 0, 0, new byte[8]));
            var seal = new MailboxSeal(id.Value, RandomNumberGenerator.GetBytes(MailboxSeal.DataKeyBytes));
            Mailboxes.Add(new WatchedMailbox(id, $"user{index}@example.com", seal));
            pages[id] = PagesOf(new MeetingMaker(seal, random), random, load);
        }
    }

    public WatchedMailboxes Mailboxes { get; } = new();

    public Task<Reply<CalendarPage>> ReadChanges(
        WatchedMailbox mailbox,
        string? cursor,
        IReadOnlyCollection<string> again,
        CancellationToken cancellation)
    {
        var page = cursor is null ? 0 : int.Parse(cursor, CultureInfo.InvariantCulture);
        return Task.FromResult<Reply<CalendarPage>>(new Reply<CalendarPage>.Answer(pages[mailbox.Id][page]));
    }

    public Task<Reply<IReadOnlyList<WindowEntry>>> ReadWindow(
        WatchedMailbox mailbox, Instant from, Instant to, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<Reply<AutomaticReplies>> ReadAutomaticReplies(
        WatchedMailbox mailbox, CancellationToken cancellation) => throw new NotSupportedException();

    public Task<IReadOnlyDictionary<MailboxId, Discovery>> Locate(
        IReadOnlyCollection<WatchedMailbox> mailboxes, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public IAsyncEnumerable<CalendarSignal> Watch(
        IReadOnlyList<WatchedMailbox> group, CancellationToken cancellation) =>
        throw new NotSupportedException();

    private static List<CalendarPage> PagesOf(MeetingMaker maker, Random random, Load load)
    {
        var made = new List<CalendarPage>();
        var meetings = new List<ItemRead.Meeting>();
        for (var page = 1; page <= load.ImportPages; page++)
        {
            var fresh = Enumerable.Range(0, Load.MeetingsPerPage).Select(_ => maker.Make()).ToArray();
            meetings.AddRange(fresh);
            Add(fresh, isLast: page == load.ImportPages);
        }

        for (var look = 0; look < load.BusyLooks + load.CalmLooks; look++)
        {
            var first = random.Next(meetings.Count - Load.ChangesPerLookMax);
            var count = random.Next(1, Load.ChangesPerLookMax + 1);
            for (var index = first; index < first + count; index++)
            {
                meetings[index] = maker.Change(meetings[index]);
            }

            Add(meetings[first..(first + count)], isLast: true);
        }

        return made;

        void Add(IReadOnlyList<ItemRead> items, bool isLast)
        {
            var next = (made.Count + 1).ToString(CultureInfo.InvariantCulture);
            made.Add(new CalendarPage(next, isLast, items));
        }
    }
}
