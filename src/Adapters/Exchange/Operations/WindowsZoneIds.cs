using NodaTime.TimeZones;

namespace HybridCalendar.Adapters.Exchange.Operations;

/// <summary>What Exchange calls a time zone: by a Windows id.</summary>
internal static class WindowsZoneIds
{
    /// <param name="id">A Windows id or an IANA id.</param>
    /// <returns>Null for an id that Windows has no zone for.</returns>
    internal static string? Of(string id)
    {
        var source = TzdbDateTimeZoneSource.Default;
        var mapping = source.WindowsMapping;
        return mapping.PrimaryMapping.ContainsKey(id) ? id
            : !source.CanonicalIdMap.TryGetValue(id, out var canonical) ? null
            : mapping.MapZones.FirstOrDefault(zone => zone.TzdbIds.Any(other =>
                source.CanonicalIdMap.TryGetValue(other, out var same) && same == canonical))?.WindowsId;
    }
}
