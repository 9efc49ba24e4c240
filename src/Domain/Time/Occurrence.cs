using NodaTime;

namespace HybridCalendar.Domain.Time;

/// <summary>One time at which a series takes place by its pattern.</summary>
/// <param name="OriginalStart">Where the pattern puts it: the occurrence's name within the series.</param>
/// <param name="End">Exclusive.</param>
public readonly record struct Occurrence(Instant OriginalStart, Instant End);
