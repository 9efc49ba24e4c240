using System.Runtime.CompilerServices;
using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Domain.Meetings;
using NodaTime;
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
    RepliesPoll replies,
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
            PollAutomaticReplies(end.Token),
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

    private async Task Sweep(CancellationToken cancellation)
    {
        await Task.Delay(settings.Sweep.ToTimeSpan(), clock, cancellation);
        await foreach (var mailbox in Spread(settings.Sweep, pauseInFirstRound: true, cancellation))
        {
            queue.Ask(mailbox.Id, LookTrigger.Sweep, clock.GetCurrentInstant());
        }
    }

    private Task PollAutomaticReplies(CancellationToken cancellation) => Parallel.ForEachAsync(
        Spread(settings.AutomaticReplies, pauseInFirstRound: false, cancellation),
        new ParallelOptions { MaxDegreeOfParallelism = settings.Parallel, CancellationToken = cancellation },
        async (mailbox, stop) => await replies.Poll(mailbox, stop));

    /// <summary>
    /// Every mailbox once a round, for ever: evenly over the round's length, or a first round without pause.
    /// </summary>
    private async IAsyncEnumerable<WatchedMailbox> Spread(
        Duration round, bool pauseInFirstRound, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var pause = pauseInFirstRound; ; pause = true)
        {
            var all = mailboxes.All;
            var step = (round / Math.Max(1, all.Count)).ToTimeSpan();
            foreach (var mailbox in all)
            {
                yield return mailbox;
                if (pause)
                {
                    await Task.Delay(step, clock, cancellation);
                }
            }

            if (!pause || all.Count == 0)
            {
                await Task.Delay(round.ToTimeSpan(), clock, cancellation);
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Watching {Count} mailboxes.")]
    private partial void LogWatching(int count);

    [LoggerMessage(LogLevel.Critical, "Watching broke; the service ends.")]
    private partial void LogBroken(Exception? failure);
}
