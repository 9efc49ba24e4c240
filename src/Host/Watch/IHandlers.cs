namespace HybridCalendar.Host.Watch;

/// <summary>Hands a message to its handler, in a transaction of its own.</summary>
/// <remarks>Any failure of the handler or of the commit is an exception, and nothing is recorded.</remarks>
public interface IHandlers
{
    /// <summary>Reads a page of what changed in a mailbox's calendar.</summary>
    Task<LookOutcome> Handle(LookAtCalendar look, CancellationToken cancellation);

    /// <summary>Compares what Exchange itself shows of a mailbox's calendar with what is recorded.</summary>
    Task<LookOutcome> Handle(ReconcileCalendar reconcile, CancellationToken cancellation);

    Task<LookOutcome> Handle(SeeAutomaticReplies see, CancellationToken cancellation);

    Task Handle(RecordPlace located, CancellationToken cancellation);

    Task Handle(ReportFailure failure, CancellationToken cancellation);
}
