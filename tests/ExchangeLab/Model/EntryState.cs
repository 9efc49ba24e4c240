using System.Collections.Immutable;
using NodaTime;

namespace HybridCalendar.ExchangeLab.Model;

/// <summary>What an entry said at one of its change keys.</summary>
public sealed record EntryState(
    MeetingContent Content, ItemDetails Details, ImmutableDictionary<LocalDate, ItemDetails> OfExceptions);
