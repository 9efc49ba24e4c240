using HybridCalendar.ExchangeLab.Model;
using NodaTime;

namespace HybridCalendar.ExchangeLab.Control;

/// <summary>Automatic replies to set; missing times stay as they are.</summary>
internal sealed record RepliesWish(AutomaticRepliesState State, Instant? Start, Instant? End);
