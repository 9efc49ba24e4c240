using System.Collections.Frozen;

namespace HybridCalendar.Adapters.Exchange.Versions;

/// <summary>
/// Properties that only newer servers have. Asked of an older one, or in an older dialect, one of them spoils
/// the whole request (ErrorInvalidPropertyRequest, or a fault of the schema).
/// </summary>
/// <remarks>MS-OXWSMTGS and MS-OXWSCORE, product behaviour. What is not named here all servers have.</remarks>
internal static class PropertyVersions
{
    private static readonly FrozenDictionary<string, Dialect> Since = new Dictionary<string, Dialect>
    {
        ["calendar:IsOnlineMeeting"] = Dialect.Exchange2016,
        ["calendar:InboxReminders"] = Dialect.Exchange2016,
        ["calendar:IntendedFreeBusyStatus"] = Dialect.Exchange2013,
        ["calendar:EnhancedLocation"] = Dialect.Exchange2013,
        ["calendar:StartWallClock"] = Dialect.Exchange2013,
        ["calendar:EndWallClock"] = Dialect.Exchange2013,
        ["calendar:StartTimeZoneId"] = Dialect.Exchange2013,
        ["calendar:EndTimeZoneId"] = Dialect.Exchange2013,
        ["calendar:JoinOnlineMeetingUrl"] = Dialect.Exchange2013,
        ["calendar:OnlineMeetingSettings"] = Dialect.Exchange2013,
        ["calendar:IsOrganizer"] = Dialect.Exchange2013,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Those of the properties that the dialect has, in their order.</summary>
    internal static IEnumerable<string> KnownIn(Dialect dialect, IEnumerable<string> properties) =>
        properties.Where(property =>
            !Since.TryGetValue(property, out var since) || since <= dialect);
}
