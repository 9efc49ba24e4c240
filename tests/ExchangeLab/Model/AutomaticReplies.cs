using NodaTime;

namespace HybridCalendar.ExchangeLab.Model;

/// <summary>The out-of-office setting of a mailbox. Start and end always exist, as on real servers.</summary>
public sealed record AutomaticReplies(AutomaticRepliesState State, Instant Start, Instant End);
