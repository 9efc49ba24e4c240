using System.Buffers.Binary;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Meetings;
using NodaTime;
using NodaTime.Extensions;

namespace HybridCalendar.Host.Watch;

/// <summary>Which mailboxes wait to be reconciled.</summary>
public sealed class ReconciliationQueue : LookQueue;

/// <summary>
/// Reconciles each mailbox once a period, each at its own moment of it, and soon when it was asked for.
/// </summary>
public sealed partial class Reconciler(
    Settings settings,
    WatchedMailboxes mailboxes,
    ReconciliationQueue queue,
    LookQueue looks,
    IHandlers handlers,
    RetryPause pause,
    TimeProvider clock,
    ILogger<Reconciler> log)
{
    private const int ShareBytes = 4;

    /// <summary>Reconciles until cancelled, and ends when what is under way has.</summary>
    public Task Run(CancellationToken cancellation)
    {
        foreach (var mailbox in mailboxes.All)
        {
            AskNext(mailbox.Id);
        }

        return Task.WhenAll(Enumerable.Range(0, WatchBounds.ReconciliationsAtOnce)
            .Select(_ => ReconcileAgainAndAgain(cancellation)));
    }

    /// <summary>
    /// A mailbox's next moment: the same in each period, also after another start, and evenly spread over the
    /// mailboxes, whose ids are.
    /// </summary>
    public static Instant MomentAfter(Instant now, MailboxId mailbox, Duration period)
    {
        var bytes = mailbox.Value.ToByteArray(bigEndian: true);
        var share = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(0, ShareBytes)) / Math.Pow(2, 32);
        var first = NodaConstants.UnixEpoch + (period * share);
        return first + (period * (Math.Floor((now - first) / period) + 1));
    }

    /// <summary>Reconciles, and asks for the mailbox's next turn.</summary>
    public async Task Serve(DueLook due, CancellationToken cancellation)
    {
        try
        {
            await Reconcile(due, cancellation);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            LogFailed(failure, due.Mailbox.Value);
            AskAgain(due);
        }
        finally
        {
            queue.Ended(due.Mailbox);
        }
    }

    private async Task ReconcileAgainAndAgain(CancellationToken cancellation)
    {
        while (true)
        {
            await Serve(await queue.Next(clock, cancellation), cancellation);
        }
    }

    private async Task Reconcile(DueLook due, CancellationToken cancellation)
    {
        switch (await handlers.Handle(new ReconcileCalendar(due.Mailbox), cancellation))
        {
            case LookOutcome.More:
                looks.Ask(due.Mailbox, LookTrigger.Reconciliation, clock.GetCurrentInstant());
                AskAgain(due);
                break;
            case LookOutcome.Busy(var until):
                queue.Ask(due.Mailbox, due.Trigger, until, due.Attempt);
                break;
            case LookOutcome.Refused(var code, _):
                LogRefused(due.Mailbox.Value, code);
                AskAgain(due);
                break;
            default:
                AskNext(due.Mailbox);
                break;
        }
    }

    // A calendar that keeps changing, or cannot be read, has its next turn with everybody else.
    private void AskAgain(DueLook due)
    {
        if (due.Attempt + 1 >= WatchBounds.ReconciliationAttempts)
        {
            AskNext(due.Mailbox);
            return;
        }

        var at = clock.GetCurrentInstant() + pause.After(due.Attempt);
        queue.Ask(due.Mailbox, due.Trigger, at, due.Attempt + 1);
    }

    private void AskNext(MailboxId mailbox)
    {
        var at = MomentAfter(clock.GetCurrentInstant(), mailbox, settings.Reconcile);
        queue.Ask(mailbox, LookTrigger.Reconciliation, at);
    }

    [LoggerMessage(LogLevel.Warning, "Mailbox {Mailbox} could not be reconciled and is tried again.")]
    private partial void LogFailed(Exception failure, Guid mailbox);

    [LoggerMessage(LogLevel.Warning, "Exchange refused to show a window of mailbox {Mailbox}: {Code}.")]
    private partial void LogRefused(Guid mailbox, string code);
}
