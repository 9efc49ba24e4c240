namespace HybridCalendar.Contract;

/// <summary>The schemas of the one operation that the published ones lack.</summary>
internal static class AvailabilitySchemas
{
    /// <summary>Their files, beside the tests.</summary>
    internal static IEnumerable<string> Files { get; } =
    [
        Path.Combine(AppContext.BaseDirectory, "Availability.xsd"),
        Path.Combine(AppContext.BaseDirectory, "AvailabilityMessages.xsd"),
    ];
}
