using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Adapters.Exchange.Autodiscover;
using HybridCalendar.Adapters.Exchange.Operations;
using HybridCalendar.Adapters.Exchange.Reading;
using HybridCalendar.Adapters.Exchange.Soap;
using HybridCalendar.Domain.Joining;
using HybridCalendar.Domain.Joining.Providers;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Time;
using HybridCalendar.ExchangeLab.Model;
using NodaTime;
using Mailbox = HybridCalendar.ExchangeLab.Model.Mailbox;
using Replies = HybridCalendar.Domain.Mailboxes.AutomaticReplies;

namespace HybridCalendar.Simulation.Exchange;

/// <summary>
/// What one process of the service sees of Exchange: each answer takes steps, in which the world goes on.
/// </summary>
/// <param name="pause">Lets others go on.</param>
internal sealed class SimulatedCalendars(
    Organization organization,
    Server server,
    Trouble trouble,
    RepeatableRandom dice,
    Func<string, Task> pause) : ICalendars
{
    private const int MostChangesOfAPage = 4;

    private static readonly JoinTargetFinder Finder = new(ProviderTable.Default);

    public async Task<Reply<CalendarPage>> ReadChanges(
        WatchedMailbox mailbox,
        string? cursor,
        IReadOnlyCollection<string> again,
        CancellationToken cancellation)
    {
        await pause("the server lists what changed");
        if (trouble.Strike<CalendarPage>(mailbox.Address) is { } refusal)
        {
            return refusal;
        }

        var box = organization.GetMailbox(mailbox.Address);
        switch (server.ReadPage(box, cursor, 1 + dice.Below(MostChangesOfAPage)))
        {
            case Parsed<ChangePage>.Failed(var verdict):
                return Codes.IsGone(verdict.Code)
                    ? new Reply<CalendarPage>.Gone()
                    : new Reply<CalendarPage>.Refused(verdict.Code, verdict.Message);
            case Parsed<ChangePage>.Answer(var page):
                await pause("the server reads the items");
                var items = await Read(mailbox, box, page, again, cancellation);
                await pause("the page is on its way");
                return items is Reply<IReadOnlyList<ItemRead>>.Answer(var read)
                    ? new Reply<CalendarPage>.Answer(new CalendarPage(
                        page.Cursor,
                        page.IsLast ?? false,
                        [.. page.Deleted.Select(id => new ItemRead.Removed(id)), .. read]))
                    : items.Failure<CalendarPage>()!;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    public async Task<Reply<IReadOnlyList<WindowEntry>>> ReadWindow(
        WatchedMailbox mailbox, Instant from, Instant to, CancellationToken cancellation)
    {
        await pause("the server looks through a window");
        var box = organization.GetMailbox(mailbox.Address);
        var meetings = new MeetingReading(mailbox.Seal, Finder.Find);
        var reading = new WindowReading(
            (start, end, _) => Task.FromResult(
                trouble.Strike<IReadOnlyList<RawItem>>(mailbox.Address)
                    ?? (server.ReadView(box, start, end) is Parsed<CalendarView>.Answer(var view)
                        ? new Reply<IReadOnlyList<RawItem>>.Answer(view.Items)
                        : throw new System.Diagnostics.UnreachableException())),
            (ids, _, properties, _) => Task.FromResult<Reply<IReadOnlyList<Fetched>>>(
                new Reply<IReadOnlyList<Fetched>>.Answer(
                    [.. ids.Select(id => Fetch(meetings, box, id, properties))])));
        var entries = await reading.Read(from, to, cancellation);
        await pause("what stands in the window is on its way");
        return entries;
    }

    public async Task<Reply<Replies>> ReadAutomaticReplies(
        WatchedMailbox mailbox, CancellationToken cancellation)
    {
        await pause("the server reads the automatic replies");
        if (trouble.Strike<Replies>(mailbox.Address) is { } refusal)
        {
            return refusal;
        }

        var read = server.ReadReplies(organization.GetMailbox(mailbox.Address));
        await pause("the automatic replies are on their way");
        return read switch
        {
            Parsed<Replies>.Answer(var replies) => new Reply<Replies>.Answer(replies),
            Parsed<Replies>.Failed(var verdict) =>
                new Reply<Replies>.Refused(verdict.Code, verdict.Message),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    public async Task<IReadOnlyDictionary<MailboxId, Discovery>> Locate(
        IReadOnlyCollection<WatchedMailbox> mailboxes, CancellationToken cancellation)
    {
        var found = mailboxes.ToDictionary(
            mailbox => mailbox.Id,
            mailbox => (Discovery)new Discovery.Located(trouble.PlaceOf(mailbox.Address)));
        await pause("where mailboxes are is on its way");
        return found;
    }

    public IAsyncEnumerable<CalendarSignal> Watch(
        IReadOnlyList<WatchedMailbox> group, CancellationToken cancellation) =>
        throw new NotSupportedException("The world tells its signals by itself.");

    private Task<Reply<IReadOnlyList<ItemRead>>> Read(
        WatchedMailbox mailbox,
        Mailbox box,
        ChangePage page,
        IReadOnlyCollection<string> again,
        CancellationToken cancellation)
    {
        var meetings = new MeetingReading(mailbox.Seal, Finder.Find);
        var reading = new CalendarReading(
            async (ids, _, properties, _) =>
            {
                if (ids.Count > 0)
                {
                    await pause("the server reads on");
                }

                return trouble.Strike<IReadOnlyList<Fetched>>(mailbox.Address)
                    ?? new Reply<IReadOnlyList<Fetched>>.Answer(
                        [.. ids.Select(id => Fetch(meetings, box, id, properties))]);
            },
            meetings,
            _ => Task.FromResult<Reply<ZoneDefinition?>>(new Reply<ZoneDefinition?>.Answer(null)));
        var others = again.Except([.. page.Changed, .. page.Deleted], StringComparer.Ordinal);
        return reading.Read(page.Changed, [.. others], cancellation);
    }

    private Fetched Fetch(
        MeetingReading meetings, Mailbox box, string id, IReadOnlyList<string> properties)
    {
        switch (server.ReadItem(box, id, properties))
        {
            case Parsed<IReadOnlyList<ResponseMessage<RawItem?>>>.Answer([var message]):
                if (message.Payload is { Targets: null } item)
                {
                    meetings.Digest(item);
                }

                return new Fetched(id, message.Verdict, message.IsSuccess, message.Payload);
            case Parsed<IReadOnlyList<ResponseMessage<RawItem?>>>.Failed(var verdict):
                return new Fetched(id, verdict, false, null);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}
