using HybridCalendar.Adapters.Exchange.Autodiscover;
using HybridCalendar.Adapters.Exchange.Operations;
using HybridCalendar.Adapters.Exchange.Reading;
using HybridCalendar.Adapters.Exchange.Watching;
using HybridCalendar.Domain.Joining;
using HybridCalendar.Domain.Joining.Providers;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Time;
using NodaTime;

namespace HybridCalendar.Adapters.Exchange;

/// <summary>Calendars of Microsoft Exchange, over Exchange Web Services.</summary>
/// <remarks>One for each service account. Safe for use by several threads.</remarks>
public sealed class EwsCalendars : ICalendars, IDisposable
{
    // The step of free and busy times, of which none are wanted.
    private const int FreeBusyMinutes = 60;

    private readonly ExchangeSettings settings;
    private readonly TimeProvider time;
    private readonly FindTargets findTargets;

    /// <param name="finder">Finds the ways to join; null for one with the table that the service
    /// brings.</param>
    /// <param name="time">The clock for timeouts, pauses and back-offs; null for the system's.</param>
    /// <exception cref="ArgumentException">
    /// The address would send the password in the clear, or a setting is out of bounds.
    /// </exception>
    public EwsCalendars(
        ExchangeSettings settings, TimeProvider? time = null, JoinTargetFinder? finder = null)
        : this(
            settings,
            time ?? TimeProvider.System,
            (finder ?? new JoinTargetFinder(ProviderTable.Default)).Find)
    {
    }

    internal EwsCalendars(ExchangeSettings settings, TimeProvider time, FindTargets findTargets)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var minutes = Math.Max(settings.StreamMinutes, settings.IncompleteStreamMinutes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minutes, Bounds.StreamMinutes, nameof(settings));
        this.settings = settings;
        this.time = time;
        this.findTargets = findTargets;
        Client = new EwsClient(settings, time);
    }

    internal EwsClient Client { get; }

    internal ExchangeSettings Settings => settings;

    public async Task<Reply<CalendarPage>> ReadChanges(
        WatchedMailbox mailbox,
        string? cursor,
        IReadOnlyCollection<string> again,
        CancellationToken cancellation)
    {
        var request = new EwsRequest(
            "SyncFolderItems", mailbox.Address, xml => SyncFolderItems.Write(xml, cursor));
        var reply = await Client.Call(request, SyncFolderItems.Read, cancellation);
        if (cursor is not null && reply is Reply<ChangePage>.Refused { Code: var code }
            && Codes.IsWithoutFolder(code))
        {
            // A calendar that was replaced is another one, and begins anew.
            return new Reply<CalendarPage>.Gone();
        }

        if (reply is not Reply<ChangePage>.Answer { Value: var page })
        {
            return reply.Failure<CalendarPage>()!;
        }

        Telemetry.Count("other-class", page.OthersCount);
        var meetings = new MeetingReading(mailbox.Seal, findTargets);
        var fetch = new ItemFetch(Client, mailbox.Address, settings, meetings.Digest);
        var calendar = new CalendarReading(fetch.Fetch, meetings, stop => ReadOwnersZone(mailbox, stop));
        var others = again.Except([.. page.Changed, .. page.Deleted], StringComparer.Ordinal).ToList();
        var items = await calendar.Read(page.Changed, others, cancellation);
        if (items is not Reply<IReadOnlyList<ItemRead>>.Answer { Value: var read })
        {
            return items.Failure<CalendarPage>()!;
        }

        ItemRead[] all = [.. page.Deleted.Select(id => new ItemRead.Removed(id)), .. read];
        Telemetry.Count("removed", all.Count(item => item is ItemRead.Removed));
        return new Reply<CalendarPage>.Answer(new CalendarPage(page.Cursor, page.IsLast ?? false, all));
    }

    public Task<Reply<IReadOnlyList<WindowEntry>>> ReadWindow(
        WatchedMailbox mailbox, Instant from, Instant to, CancellationToken cancellation)
    {
        var fetch = new ItemFetch(Client, mailbox.Address, settings, digest: _ => { });
        var window = new CalendarWindow(Client, mailbox.Address);
        return new WindowReading(window.Read, fetch.Fetch).Read(from, to, cancellation);
    }

    private Task<Reply<ZoneDefinition?>> ReadOwnersZone(
        WatchedMailbox mailbox, CancellationToken cancellation)
    {
        // Working hours come with the free and busy times of any day.
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        var day = new Interval(now, now + Duration.FromDays(1));
        var request = new EwsRequest(
            "GetUserAvailability",
            mailbox.Address,
            xml => GetUserAvailability.Write(
                xml, [mailbox.Address], day, FreeBusyMinutes, FreeBusyView.FreeBusy));
        return Client.Call(request, GetUserAvailability.ReadZone, cancellation);
    }

    public Task<Reply<AutomaticReplies>> ReadAutomaticReplies(
        WatchedMailbox mailbox, CancellationToken cancellation)
    {
        var request = new EwsRequest(
            "GetUserOofSettings", mailbox.Address, xml => GetUserOofSettings.Write(xml, mailbox.Address));
        return Client.Call(request, GetUserOofSettings.Read, cancellation);
    }

    public async Task<IReadOnlyDictionary<MailboxId, Discovery>> Locate(
        IReadOnlyCollection<WatchedMailbox> mailboxes, CancellationToken cancellation)
    {
        var addresses = mailboxes.Select(mailbox => mailbox.Address).ToList();
        var found = await Client.Placement.Locate(addresses, cancellation);
        return mailboxes.Where(mailbox => found.ContainsKey(mailbox.Address))
            .ToDictionary(mailbox => mailbox.Id, mailbox => found[mailbox.Address]);
    }

    /// <summary>Searches a mailbox by Autodiscover, step by step, whatever is known of it.</summary>
    /// <param name="tell">Is told each step, before the next begins.</param>
    public async Task<Discovery> Search(
        string address, Action<DiscoveryStep> tell, CancellationToken cancellation)
    {
        var found = await Client.Placement.Discoverer.Find([address], tell, cancellation);
        return found[address];
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The group is empty, or larger than a stream can be.
    /// </exception>
    public IAsyncEnumerable<CalendarSignal> Watch(
        IReadOnlyList<WatchedMailbox> group, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfZero(group.Count, nameof(group));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(group.Count, Bounds.MailboxesPerStream, nameof(group));
        return new GroupWatch(Client, group, settings, time).Run(cancellation);
    }

    public void Dispose() => Client.Dispose();
}
