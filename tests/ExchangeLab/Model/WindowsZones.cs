using System.Collections.Concurrent;
using NodaTime;
using NodaTime.TimeZones;

namespace HybridCalendar.ExchangeLab.Model;

/// <summary>The time zones by the names that Windows and Exchange give them.</summary>
public static class WindowsZones
{
    private static readonly ConcurrentDictionary<string, DateTimeZone> Zones = new(StringComparer.Ordinal);

    private static readonly IDictionary<string, string> IanaIds =
        TzdbDateTimeZoneSource.Default.WindowsMapping.PrimaryMapping;

    /// <summary>The zone of a Windows id; unknown ids are refused.</summary>
    public static DateTimeZone Zone(string windowsId) =>
        TryZone(windowsId) ?? throw new LabRefusal(
            $"The time zone \"{windowsId}\" is not known: give a Windows id, such as "
            + "\"W. Europe Standard Time\".") { Code = "ErrorCalendarInvalidTimeZone" };

    /// <summary>The zone of a Windows id, or null.</summary>
    public static DateTimeZone? TryZone(string windowsId)
    {
        if (Zones.TryGetValue(windowsId, out var known))
        {
            return known;
        }

        var zone = Find(windowsId);
        return zone is null ? null : Zones.GetOrAdd(windowsId, zone);
    }

    private static DateTimeZone? Find(string windowsId) =>
        windowsId == "UTC" ? DateTimeZone.Utc
        : IanaIds.TryGetValue(windowsId, out var iana) ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(iana)
        : null;
}
