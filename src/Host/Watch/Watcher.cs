using HybridCalendar.Domain.Meetings;
using NodaTime.Extensions;

namespace HybridCalendar.Host.Watch;

/// <summary>
/// Watches the calendars: gathers hints, looks at its own pace, sweeps, reconciles, and polls automatic
/// replies.
/// </summary>
public sealed partial class Watcher(
    Settings settings,
    Enrolment enrolment,
    WatchedMailboxes mailboxes,
    LookQueue queue,
    Looker looker,
    Reconciler reconciler,
    Streamer streamer,
    Listener listener,
    RepliesPoller poller,
    TimeProvider clock,
    ILogger<Watcher> log) : BackgroundService
{
    /// <summary>
    /// The service is ready when it knows whom to watch, and does not start when it cannot.
    /// </summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await enrolment.Run(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        LogWatching(mailboxes.All.Count);
        foreach (var mailbox in mailboxes.All)
        {
            queue.Ask(mailbox.Id, LookTrigger.Start, clock.GetCurrentInstant());
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        Task[] parts =
        [
            // First, so that mailboxes are searched together and not one by one.
            streamer.Run(listener.Listen, end.Token),
            looker.Run(end.Token),
            reconciler.Run(end.Token),
            Sweep(end.Token),
            poller.Run(mailboxes.All, end.Token),
        ];
        var first = await Task.WhenAny(parts);
        if (!stoppingToken.IsCancellationRequested)
        {
            // None of them ends by itself: this is a bug, and the service ends with it.
            LogBroken(first.Exception);
            Environment.ExitCode = 1;
        }

        await end.CancelAsync();
        await Task.WhenAll(parts);
    }

    // Every mailbox once a round, for ever, evenly over the round's length.
    private async Task Sweep(CancellationToken cancellation)
    {
        await Task.Delay(settings.Sweep.ToTimeSpan(), clock, cancellation);
        while (true)
        {
            var all = mailboxes.All;
            var step = (settings.Sweep / Math.Max(1, all.Count)).ToTimeSpan();
            foreach (var mailbox in all)
            {
                queue.Ask(mailbox.Id, LookTrigger.Sweep, clock.GetCurrentInstant());
                await Task.Delay(step, clock, cancellation);
            }

            if (all.Count == 0)
            {
                await Task.Delay(step, clock, cancellation);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Watching {Count} mailboxes.")]
    private partial void LogWatching(int count);

    [LoggerMessage(LogLevel.Critical, "Watching broke; the service ends.")]
    private partial void LogBroken(Exception? failure);
}
