using NodaTime;

namespace HybridCalendar.ExchangeLab.Model;

/// <summary>What a mail about a meeting says.</summary>
public enum MailKind
{
    Request,
    Cancellation,
}

/// <summary>A mail that a write over EWS made a real server send.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">An invitation or its update, or a cancellation.</param>
/// <param name="From">The organizer's address.</param>
/// <param name="To">The addresses that it went to.</param>
/// <param name="Uid">The meeting.</param>
/// <param name="Subject">The meeting's subject.</param>
/// <param name="IsUpdate">Whether its readers had been invited before.</param>
/// <param name="IsSaved">Whether a copy went to Sent Items.</param>
public sealed record Mail(
    Instant At,
    MailKind Kind,
    string From,
    IReadOnlyList<string> To,
    string Uid,
    string Subject,
    bool IsUpdate,
    bool IsSaved);
