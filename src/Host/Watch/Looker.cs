using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Domain.Meetings;
using NodaTime;
using NodaTime.Extensions;

namespace HybridCalendar.Host.Watch;

/// <summary>
/// Takes looks from the queue, several mailboxes at a time, each mailbox one look at a time.
/// </summary>
public sealed partial class Looker(
    Settings settings,
    LookQueue queue,
    PollSchedule polls,
    ReconciliationQueue reconciliations,
    ExchangeContact exchange,
    IHandlers handlers,
    RetryPause pause,
    TimeProvider clock,
    ILogger<Looker> log)
{
    private const string Silence = "no-answer";

    /// <summary>Looks until cancelled, and ends when the looks that are under way have.</summary>
    public Task Run(CancellationToken cancellation) =>
        Task.WhenAll(Enumerable.Range(0, settings.Parallel).Select(_ => LookAgainAndAgain(cancellation)));

    private async Task LookAgainAndAgain(CancellationToken cancellation)
    {
        while (true)
        {
            await Serve(await queue.Next(clock, cancellation), cancellation);
        }
    }

    /// <summary>Looks, and asks for another look where this one failed.</summary>
    public async Task Serve(DueLook due, CancellationToken cancellation)
    {
        if (due.Trigger is LookTrigger.Hint or LookTrigger.Reconnect)
        {
            // Whoever changes a calendar may have changed automatic replies too, of which nothing tells.
            polls.Touch(due.Mailbox, clock.GetCurrentInstant());
        }

        try
        {
            await Look(due, cancellation);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            if (failure is HttpRequestException or IOException)
            {
                exchange.Fail(failure.GetType().Name);
                LogUnreachable(due.Mailbox.Value, failure.GetType().Name);
            }
            else
            {
                LogLookFailed(failure, due.Mailbox.Value);
            }

            AskAgain(due, pause.After(due.Attempt));
            await TryReport(due, cancellation);
        }
        finally
        {
            queue.Ended(due.Mailbox);
        }
    }

    private async Task Look(DueLook due, CancellationToken cancellation)
    {
        var look = new LookAtCalendar(due.Mailbox, due.Trigger);
        while (true)
        {
            switch (await handlers.Handle(look, cancellation))
            {
                case LookOutcome.More:
                    exchange.Answer(due.Mailbox);
                    look = look with { Continues = true };
                    continue;
                case LookOutcome.Done(var dropsCorrection):
                    exchange.Answer(due.Mailbox);
                    if (dropsCorrection)
                    {
                        reconciliations.Ask(
                            due.Mailbox, LookTrigger.Reconciliation, clock.GetCurrentInstant());
                    }

                    break;
                case LookOutcome.Busy(var until):
                    exchange.Answer();
                    queue.Ask(due.Mailbox, due.Trigger, until);
                    break;
                case LookOutcome.Refused refused:
                    await React(due, refused, cancellation);
                    break;
            }

            return;
        }
    }

    private async Task React(DueLook due, LookOutcome.Refused refused, CancellationToken cancellation)
    {
        if (refused.Reaction is not (Reaction.Alarm or Reaction.SignIn))
        {
            LogRefused(due.Mailbox.Value, refused.Code);
        }
        else if (exchange.Alarm(due.Mailbox, refused.Code))
        {
            LogAlarm(due.Mailbox.Value, refused.Code);
        }

        await Report(due, refused.Code, cancellation);
        AskAgain(due, pause.After(due.Attempt, refused, settings.Rest));
    }

    private async Task TryReport(DueLook due, CancellationToken cancellation)
    {
        try
        {
            await Report(due, Silence, cancellation);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            // The store may be what failed. The next failure reports again.
            LogReportFailed(failure, due.Mailbox.Value);
        }
    }

    // A mailbox whose looks failed so often is shown as failed, until a look succeeds.
    private async Task Report(DueLook due, string code, CancellationToken cancellation)
    {
        if (due.Attempt + 1 >= WatchBounds.AttemptsUntilFailed)
        {
            await handlers.Handle(new ReportFailure(due.Mailbox, code), cancellation);
        }
    }

    private void AskAgain(DueLook due, Duration wait) =>
        queue.Ask(due.Mailbox, due.Trigger, clock.GetCurrentInstant() + wait, due.Attempt + 1);

    [LoggerMessage(LogLevel.Warning, "Exchange cannot be reached to look at mailbox {Mailbox}: {Reason}.")]
    private partial void LogUnreachable(Guid mailbox, string reason);

    [LoggerMessage(LogLevel.Error, "A look at mailbox {Mailbox} failed and is tried again.")]
    private partial void LogLookFailed(Exception failure, Guid mailbox);

    [LoggerMessage(LogLevel.Warning, "That looks at mailbox {Mailbox} fail could not be recorded.")]
    private partial void LogReportFailed(Exception failure, Guid mailbox);

    [LoggerMessage(LogLevel.Warning, "Exchange refused a look at mailbox {Mailbox}: {Code}.")]
    private partial void LogRefused(Guid mailbox, string code);

    [LoggerMessage(LogLevel.Error, "Somebody has to act before mailbox {Mailbox} can be looked at: {Code}.")]
    private partial void LogAlarm(Guid mailbox, string code);
}
