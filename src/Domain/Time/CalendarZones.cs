using System.Collections.Frozen;
using NodaTime;
using NodaTime.TimeZones;

namespace HybridCalendar.Domain.Time;

/// <summary>The time zones that calendars name.</summary>
public static class CalendarZones
{
    private static readonly FrozenDictionary<string, string> TzdbIds = AllIds();

    /// <summary>
    /// The zone of a Windows id ("W. Europe Standard Time") or an IANA id, aliases included; in any case.
    /// </summary>
    /// <remarks>
    /// A Windows id means the zone that Unicode CLDR has for it where no territory is known. The rules are
    /// those of NodaTime's copy of the IANA database, not those of a machine. Source: EWS,
    /// TimeZoneDefinition@Id.
    /// </remarks>
    /// <returns>Null for an id that stands for no known rules, as "tzone://Microsoft/Custom" does.</returns>
    public static DateTimeZone? Find(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return TzdbIds.TryGetValue(id, out var tzdbId) ? DateTimeZoneProviders.Tzdb[tzdbId] : null;
    }

    /// <summary>The zone in which a meeting was planned: by its own rules where it brings some.</summary>
    /// <returns>Null when it brings none, and its id stands for no known ones.</returns>
    public static DateTimeZone? Of(When when)
    {
        ArgumentNullException.ThrowIfNull(when);
        return when.ZoneDefinition?.ToZone() ?? Find(when.Zone);
    }

    private static FrozenDictionary<string, string> AllIds()
    {
        var source = TzdbDateTimeZoneSource.Default;
        var ids = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var id in source.GetIds())
        {
            ids[id] = id;
        }

        foreach (var (windowsId, tzdbId) in source.WindowsMapping.PrimaryMapping)
        {
            ids[windowsId] = tzdbId;
        }

        // Windows has withdrawn these two, and CLDR with it; series from before still name them.
        ids.TryAdd("Kamchatka Standard Time", "Asia/Kamchatka");
        ids.TryAdd("Mid-Atlantic Standard Time", "Etc/GMT+2");
        ids["UTC"] = "UTC";
        ids["tzone://Microsoft/Utc"] = "UTC";
        return ids.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
