using System.Runtime.CompilerServices;
using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Domain.Mailboxes;
using NodaTime;
using NodaTime.Extensions;
using Wolverine;

namespace HybridCalendar.Host.Watch;

/// <summary>Asks for automatic replies as they become due, several mailboxes at a time.</summary>
/// <remarks>Exchange tells nobody when they change.</remarks>
public sealed partial class RepliesPoller(
    Settings settings,
    PollSchedule schedule,
    ExchangeContact exchange,
    IServiceScopeFactory scopes,
    TimeProvider clock,
    ILogger<RepliesPoller> log)
{
    /// <summary>Asks until cancelled.</summary>
    public Task Run(IReadOnlyList<WatchedMailbox> mailboxes, CancellationToken cancellation)
    {
        foreach (var mailbox in mailboxes)
        {
            schedule.Add(mailbox.Id, clock.GetCurrentInstant());
        }

        var bounds = new ParallelOptions
        {
            MaxDegreeOfParallelism = settings.Parallel, CancellationToken = cancellation,
        };
        return Parallel.ForEachAsync(Due(cancellation), bounds, AskAndPlan);
    }

    private async IAsyncEnumerable<MailboxId> Due([EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            var changed = schedule.Changed();
            var (mailbox, next) = schedule.Take(clock.GetCurrentInstant());
            if (mailbox is { } due)
            {
                yield return due;
                continue;
            }

            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            await Task.WhenAny(changed, Task.Delay(clock.WaitFor(next), clock, stop.Token));
            await stop.CancelAsync();
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private async ValueTask AskAndPlan(MailboxId mailbox, CancellationToken cancellation)
    {
        Instant? backOff = null;
        try
        {
            backOff = await Ask(mailbox, cancellation);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            // The next round asks again.
            if (failure is HttpRequestException or IOException)
            {
                exchange.Fail(failure.GetType().Name);
                LogUnreachable(mailbox.Value, failure.GetType().Name);
            }
            else
            {
                LogAskFailed(failure, mailbox.Value);
            }
        }
        finally
        {
            schedule.Ended(mailbox, backOff);
        }
    }

    // Answers until when the server wants to be left alone, if it does.
    private async Task<Instant?> Ask(MailboxId mailbox, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var bus = scope.ServiceProvider.GetRequiredService<IMessageBus>();
        var outcome = await bus.InvokeAsync<LookOutcome>(
            new SeeAutomaticReplies(mailbox), cancellation, WatchBounds.Page.ToTimeSpan());
        switch (outcome)
        {
            case LookOutcome.Done:
                exchange.Answer(mailbox, Asked.AutomaticReplies);
                break;
            case LookOutcome.Busy(var until):
                exchange.Answer();
                return until;
            case LookOutcome.Refused(var code, Reaction.Alarm or Reaction.SignIn):
                if (exchange.Alarm(mailbox, code, Asked.AutomaticReplies))
                {
                    LogAlarm(mailbox.Value, code);
                }

                break;
            case LookOutcome.Refused(var code, _):
                LogRefused(mailbox.Value, code);
                break;
        }

        return null;
    }

    [LoggerMessage(
        LogLevel.Warning, "Exchange cannot be reached for the automatic replies of {Mailbox}: {Reason}.")]
    private partial void LogUnreachable(Guid mailbox, string reason);

    [LoggerMessage(LogLevel.Warning, "The automatic replies of mailbox {Mailbox} could not be asked for.")]
    private partial void LogAskFailed(Exception failure, Guid mailbox);

    [LoggerMessage(
        LogLevel.Warning, "Exchange does not tell the automatic replies of mailbox {Mailbox}: {Code}.")]
    private partial void LogRefused(Guid mailbox, string code);

    [LoggerMessage(
        LogLevel.Error, "Somebody has to act before the replies of mailbox {Mailbox} can be read: {Code}.")]
    private partial void LogAlarm(Guid mailbox, string code);
}
