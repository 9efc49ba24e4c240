using System.Collections.Concurrent;
using NodaTime;
using NodaTime.TimeZones;

namespace HybridCalendar.ExchangeLab.Model;

/// <summary>
/// The time zones by the names that Windows and Exchange give them, by IANA ids (also UTC+05:45), and
/// <see cref="RuledZone.Own"/>.
/// </summary>
public static class Zones
{
    private static readonly ConcurrentDictionary<string, DateTimeZone> Known = new(StringComparer.Ordinal);

    private static readonly IDictionary<string, string> IanaIds =
        TzdbDateTimeZoneSource.Default.WindowsMapping.PrimaryMapping;

    /// <summary>The zone of an id; unknown ids are refused.</summary>
    public static DateTimeZone Named(string id) =>
        TryNamed(id) ?? throw new LabRefusal(
            $"The time zone \"{id}\" is not known: give a Windows id, such as "
            + "\"W. Europe Standard Time\".") { Code = "ErrorCalendarInvalidTimeZone" };

    /// <summary>The zone of an id, or null.</summary>
    public static DateTimeZone? TryNamed(string id)
    {
        if (Known.TryGetValue(id, out var known))
        {
            return known;
        }

        var zone = Find(id);
        return zone is null ? null : Known.GetOrAdd(id, zone);
    }

    private static DateTimeZone? Find(string id) =>
        id == "UTC" ? DateTimeZone.Utc
        : id == RuledZone.Own.Id ? RuledZone.Own
        : DateTimeZoneProviders.Tzdb.GetZoneOrNull(IanaIds.TryGetValue(id, out var iana) ? iana : id);
}
