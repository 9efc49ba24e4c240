using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Adapters.Exchange.Autodiscover;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Meetings;
using NodaTime.Extensions;

namespace HybridCalendar.Host.Watch;

/// <summary>
/// Keeps a stream of notifications for each group of mailboxes of one place, and follows those that move.
/// </summary>
/// <remarks>
/// A stream that is formed anew loses the hints between its end and its opening; each opening is followed by
/// a look, so that no change is lost. A mailbox that is found elsewhere is looked at there at once, whatever
/// failed where it was.
/// </remarks>
public sealed partial class Streamer(
    Settings settings,
    WatchedMailboxes mailboxes,
    ICalendars calendars,
    LookQueue queue,
    IHandlers handlers,
    TimeProvider clock,
    ILogger<Streamer> log)
{
    private readonly Dictionary<WatchedMailbox, MailboxLocation> places = [];
    private readonly Dictionary<WatchedMailbox, string> refusals = [];
    private readonly Dictionary<StreamGroup, Listening> listening = [];

    /// <summary>Locates, groups and listens until cancelled.</summary>
    /// <param name="listen">Listens to a group until cancelled.</param>
    public async Task Run(
        Func<IReadOnlyList<WatchedMailbox>, CancellationToken, Task> listen, CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                await Locate(cancellation);
                var groups = StreamGroups.Form([.. listening.Keys], places);
                await Stop(listening.Keys.Except(groups).ToList());
                foreach (var group in groups.Except(listening.Keys.ToList()))
                {
                    listening[group] = new Listening(stop => listen(group.Mailboxes, stop), cancellation);
                }

                var pause = Task.Delay(WatchBounds.LocationCheck.ToTimeSpan(), clock, cancellation);
                // Listening ends by itself only when it breaks.
                await await Task.WhenAny([pause, .. listening.Values.Select(one => one.Work)]);
            }
        }
        finally
        {
            await Stop([.. listening.Keys]);
        }
    }

    /// <summary>Searches once for all, and records who is found elsewhere than before.</summary>
    public async Task Locate(CancellationToken cancellation)
    {
        var found = await calendars.Locate(mailboxes.All, cancellation);
        foreach (var mailbox in mailboxes.All)
        {
            switch (found.GetValueOrDefault(mailbox.Id))
            {
                case Discovery.Located { Location: var place }
                    when places.GetValueOrDefault(mailbox) != place:
                    await Place(mailbox, place, cancellation);
                    break;
                case Discovery.Refused refused:
                    places.Remove(mailbox);
                    if (refusals.GetValueOrDefault(mailbox) != refused.Code)
                    {
                        refusals[mailbox] = refused.Code;
                        LogNotFound(mailbox.Id.Value, refused.Code, refused.Host ?? "any host");
                    }

                    break;
            }
        }
    }

    private async Task Place(WatchedMailbox mailbox, MailboxLocation place, CancellationToken cancellation)
    {
        try
        {
            // An address that is set for all is no news of any mailbox.
            if (settings.Exchange.Url is null)
            {
                var found = new MailboxPlace(place.Url.AbsoluteUri, place.Grouping);
                await handlers.Handle(new RecordPlace(mailbox.Id, found), cancellation);
            }

            var isNew = !places.ContainsKey(mailbox);
            places[mailbox] = place;
            if (refusals.Remove(mailbox) || !isNew)
            {
                queue.AskAfresh(mailbox.Id, LookTrigger.Reconnect, clock.GetCurrentInstant());
            }
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            // The next check tries again.
            LogRecordFailed(failure, mailbox.Id.Value);
        }
    }

    private async Task Stop(IReadOnlyCollection<StreamGroup> groups)
    {
        await Task.WhenAll(groups.Select(group => listening[group].Stop()));
        foreach (var group in groups)
        {
            listening.Remove(group);
        }
    }

    /// <summary>Listening to one group, until it is stopped.</summary>
    private sealed class Listening
    {
        private readonly CancellationTokenSource end;

        internal Listening(Func<CancellationToken, Task> listen, CancellationToken cancellation)
        {
            end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            Work = listen(end.Token);
        }

        internal Task Work { get; }

        internal async Task Stop()
        {
            await end.CancelAsync();
            // What broke is told to whoever waits for the work.
            await Work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            end.Dispose();
        }
    }

    [LoggerMessage(LogLevel.Warning, "The place of mailbox {Mailbox} could not be recorded.")]
    private partial void LogRecordFailed(Exception failure, Guid mailbox);

    [LoggerMessage(LogLevel.Warning, "Autodiscover does not find mailbox {Mailbox}: {Code}, {Host}.")]
    private partial void LogNotFound(Guid mailbox, string code, string host);
}
