using NodaTime;

namespace HybridCalendar.Domain.Time;

/// <summary>The rules of a time zone as data, for a zone that no known id stands for.</summary>
/// <remarks>
/// Stored for ever within events. Two with the same rules are equal, whatever they were called.
/// Source: EWS, TimeZoneDefinition (TimeZoneDefinitionType).
/// </remarks>
/// <param name="Eras">At least one, in the order of time: each lasts until the next one begins.</param>
public sealed record ZoneDefinition(ValueList<ZoneEra> Eras)
{
    /// <summary>The zone that has these rules.</summary>
    /// <exception cref="ArgumentException">There is no era, or one does not begin after another.</exception>
    public DateTimeZone ToZone() => new DefinedZone(this);
}

/// <summary>
/// A time in which a zone's clocks follow the same rules each year (EWS: TransitionsGroup).
/// </summary>
/// <param name="StandardOffset">Of standard time from UTC, positive in the east.</param>
/// <param name="Transitions">When clocks are put forward or back; none where they never are.</param>
/// <param name="From">When it begins; null for the first era, which began before all calendars.</param>
public sealed record ZoneEra(
    Offset StandardOffset, ValueList<ZoneTransition> Transitions, Instant? From = null);

/// <summary>
/// How clocks change each year (EWS: RecurringDayTransition, RecurringDateTransition).
/// </summary>
/// <param name="Day">The day, by the clocks before the change.</param>
/// <param name="At">
/// The time since midnight, by the clocks before the change: from zero to 24 hours, which is the next
/// midnight.
/// </param>
/// <param name="Savings">How far clocks are ahead of standard time from then on; zero: not at all.</param>
public sealed record ZoneTransition(RecurrencePattern.Yearly Day, Duration At, Offset Savings);
