using HybridCalendar.Adapters.Exchange;

namespace HybridCalendar.Host.Watch;

/// <summary>Asks for the automatic replies of one mailbox after the other.</summary>
public sealed partial class RepliesPoll(IHandlers handlers, ILogger<RepliesPoll> log)
{
    /// <summary>Asks once; what fails is asked again in the next round.</summary>
    public async Task Poll(WatchedMailbox mailbox, CancellationToken cancellation)
    {
        try
        {
            var outcome = await handlers.Handle(new SeeAutomaticReplies(mailbox.Id), cancellation);
            if (outcome is LookOutcome.Refused(var code, _))
            {
                LogRepliesRefused(mailbox.Id.Value, code);
            }
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            LogPollFailed(failure, mailbox.Id.Value);
        }
    }

    [LoggerMessage(
        LogLevel.Warning, "Exchange does not tell the automatic replies of mailbox {Mailbox}: {Code}.")]
    private partial void LogRepliesRefused(Guid mailbox, string code);

    [LoggerMessage(LogLevel.Warning, "The automatic replies of mailbox {Mailbox} could not be asked for.")]
    private partial void LogPollFailed(Exception failure, Guid mailbox);
}
