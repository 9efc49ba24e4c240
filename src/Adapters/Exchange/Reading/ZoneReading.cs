using HybridCalendar.Domain.Time;
using NodaTime;

namespace HybridCalendar.Adapters.Exchange.Reading;

/// <summary>The time zone in which an item was planned, as far as it is known.</summary>
/// <param name="Id">The id or the name by which it goes.</param>
/// <param name="Definition">Its rules where the id is no known one, and the item brings them.</param>
/// <param name="Zone">Null when nobody knows its rules.</param>
internal readonly record struct PlannedZone(string Id, ZoneDefinition? Definition, DateTimeZone? Zone);

/// <summary>Understands in which time zone an item was planned.</summary>
internal static class ZoneReading
{
    private static readonly PlannedZone Utc = new("UTC", null, DateTimeZone.Utc);

    /// <summary>Exchange's own id for a zone that has rules, and neither id nor name.</summary>
    private const string Custom = "tzone://Microsoft/Custom";

    /// <summary>
    /// The zone of a known id, Windows's or IANA's; or else of the rules that stand beside it; or else of a
    /// name that is a known id, because other clients write no id but a name; or else the owner's.
    /// </summary>
    /// <param name="owners">The rules of the zone in which the mailbox's owner works, where known.</param>
    /// <remarks>Without any of it, it is UTC: that is meant unless something else is said.</remarks>
    internal static PlannedZone Read(RawZone? raw, ZoneDefinition? owners = null)
    {
        if (raw is null or { Id: "", Name: "", Periods.Count: 0 })
        {
            return Utc;
        }

        if (CalendarZones.Find(raw.Id) is { } known)
        {
            return new PlannedZone(raw.Id, null, known);
        }

        if (ZoneDefinitionReading.Read(raw) is { } definition)
        {
            return new PlannedZone(raw.Id.Length > 0 ? raw.Id : Custom, definition, definition.ToZone());
        }

        return CalendarZones.Find(raw.Name) is { } named
            ? new PlannedZone(raw.Name, null, named)
            : new PlannedZone(FirstOf(raw.Id, raw.Name, Custom), owners, owners?.ToZone());
    }

    private static string FirstOf(params string[] names) => names.First(name => name.Length > 0);
}
