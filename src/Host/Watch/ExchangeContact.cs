using HybridCalendar.Domain.Mailboxes;
using NodaTime;
using NodaTime.Extensions;

namespace HybridCalendar.Host.Watch;

/// <summary>What Exchange is asked for of a mailbox.</summary>
public enum Asked
{
    Calendar,
    AutomaticReplies,
}

/// <summary>
/// What this process last saw of Exchange: the truth for health checks. Safe for use by several threads.
/// </summary>
public sealed class ExchangeContact(TimeProvider clock)
{
    private readonly Lock guard = new();
    private readonly Dictionary<(MailboxId Mailbox, Asked For), string> alarms = [];
    private Instant? answered;
    private string? trouble;

    /// <summary>When Exchange answered last; null before the first answer.</summary>
    public Instant? Answered
    {
        get
        {
            lock (guard)
            {
                return answered;
            }
        }
    }

    /// <summary>Why Exchange cannot be asked; null while it answers.</summary>
    public string? Trouble
    {
        get
        {
            lock (guard)
            {
                return trouble;
            }
        }
    }

    /// <summary>Codes about which an operator has to do something, and how many mailboxes they hold up.
    /// </summary>
    public IReadOnlyDictionary<string, int> Alarms
    {
        get
        {
            lock (guard)
            {
                return alarms.Select(alarm => (alarm.Key.Mailbox, Code: alarm.Value))
                    .Distinct()
                    .CountBy(alarm => alarm.Code)
                    .ToDictionary();
            }
        }
    }

    /// <summary>A mailbox was read: whatever was wrong with that is mended.</summary>
    public void Answer(MailboxId mailbox, Asked asked = Asked.Calendar)
    {
        lock (guard)
        {
            alarms.Remove((mailbox, asked));
            Answer();
        }
    }

    /// <summary>A mailbox cannot be read until an operator does something.</summary>
    /// <param name="code">A code, no text of the server's.</param>
    /// <returns>Whether that is news.</returns>
    public bool Alarm(MailboxId mailbox, string code, Asked asked = Asked.Calendar)
    {
        lock (guard)
        {
            var isNews = alarms.GetValueOrDefault((mailbox, asked)) != code;
            alarms[(mailbox, asked)] = code;
            return isNews;
        }
    }

    public void Answer()
    {
        lock (guard)
        {
            answered = clock.GetCurrentInstant();
            trouble = null;
        }
    }

    /// <param name="reason">A code or the name of a failure, no text of the server's.</param>
    public void Fail(string reason)
    {
        lock (guard)
        {
            trouble = reason;
        }
    }
}
