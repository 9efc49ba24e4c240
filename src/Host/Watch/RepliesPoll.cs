using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Domain.Mailboxes;
using NodaTime;

namespace HybridCalendar.Host.Watch;

/// <summary>Asks for the automatic replies of one mailbox after the other.</summary>
public sealed partial class RepliesPoll(
    IHandlers handlers, ExchangeContact exchange, ILogger<RepliesPoll> log)
{
    /// <summary>Asks once; what fails is asked again in the next round.</summary>
    /// <returns>Until when the server wants to be left alone, if it does.</returns>
    public async Task<Instant?> Poll(MailboxId mailbox, CancellationToken cancellation)
    {
        try
        {
            switch (await handlers.Handle(new SeeAutomaticReplies(mailbox), cancellation))
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
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            if (failure is HttpRequestException or IOException)
            {
                exchange.Fail(failure.GetType().Name);
                LogUnreachable(mailbox.Value, failure.GetType().Name);
            }
            else
            {
                LogPollFailed(failure, mailbox.Value);
            }
        }

        return null;
    }

    [LoggerMessage(
        LogLevel.Warning, "Exchange cannot be reached for the automatic replies of {Mailbox}: {Reason}.")]
    private partial void LogUnreachable(Guid mailbox, string reason);

    [LoggerMessage(
        LogLevel.Warning, "Exchange does not tell the automatic replies of mailbox {Mailbox}: {Code}.")]
    private partial void LogRefused(Guid mailbox, string code);

    [LoggerMessage(
        LogLevel.Error, "Somebody has to act before the replies of mailbox {Mailbox} can be read: {Code}.")]
    private partial void LogAlarm(Guid mailbox, string code);

    [LoggerMessage(LogLevel.Warning, "The automatic replies of mailbox {Mailbox} could not be asked for.")]
    private partial void LogPollFailed(Exception failure, Guid mailbox);
}
