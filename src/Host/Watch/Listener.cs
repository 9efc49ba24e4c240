using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Domain.Meetings;
using NodaTime.Extensions;

namespace HybridCalendar.Host.Watch;

/// <summary>Listens to the signals of change, and asks for looks.</summary>
public sealed partial class Listener(
    Settings settings,
    ICalendars calendars,
    LookQueue queue,
    ExchangeContact exchange,
    TimeProvider clock,
    ILogger<Listener> log)
{
    /// <summary>Listens to a group of mailboxes until cancelled.</summary>
    public async Task Listen(IReadOnlyList<WatchedMailbox> group, CancellationToken cancellation)
    {
        await foreach (var signal in calendars.Watch(group, cancellation))
        {
            Hear(signal);
        }
    }

    /// <summary>One signal of theirs.</summary>
    public void Hear(CalendarSignal signal)
    {
        var now = clock.GetCurrentInstant();
        switch (signal)
        {
            case CalendarSignal.Opened(var opened):
                exchange.Answer();
                foreach (var mailbox in opened)
                {
                    queue.Ask(mailbox, LookTrigger.Reconnect, now);
                }

                break;
            case CalendarSignal.Changed(var mailbox):
                exchange.Answer();
                queue.Ask(mailbox, LookTrigger.Hint, now + settings.Coalesce);
                break;
            case CalendarSignal.Alive:
                exchange.Answer();
                break;
            case CalendarSignal.Refused(var mailbox, var code):
                LogRefused(mailbox.Value, code);
                break;
            case CalendarSignal.Moved(var moved):
                LogMoved(moved.Count);
                break;
            case CalendarSignal.Interrupted("closed"):
                break;
            case CalendarSignal.Interrupted(var reason):
                exchange.Fail(reason);
                LogInterrupted(reason);
                break;
        }
    }

    [LoggerMessage(LogLevel.Warning, "Mailbox {Mailbox} cannot be watched for now: {Code}.")]
    private partial void LogRefused(Guid mailbox, string code);

    [LoggerMessage(LogLevel.Information, "{Count} mailboxes may be on another server from now on.")]
    private partial void LogMoved(int count);

    [LoggerMessage(LogLevel.Information, "A stream of notifications ended and is opened again: {Reason}.")]
    private partial void LogInterrupted(string reason);
}
