using System.Runtime.InteropServices;

namespace HybridCalendar.Benchmarks;

/// <summary>What numbers must be read with.</summary>
internal static class Machine
{
    private const string Settings = """
        select 'PostgreSQL ' || current_setting('server_version')
            || ', fsync ' || current_setting('fsync')
            || ', synchronous_commit ' || current_setting('synchronous_commit')
            || ', shared_buffers ' || current_setting('shared_buffers')
        """;

    public static string Describe() =>
        $"{DateOnly.FromDateTime(DateTime.UtcNow):yyyy-MM-dd}, {Environment.ProcessorCount} cores, "
        + $"{RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}";

    public static async Task<string> Describe(OwnDatabase database, CancellationToken cancellation) =>
        $"{Describe()}, {await database.Value(Settings, cancellation)}";
}
