using JasperFx.Events.Projections;

namespace HybridCalendar.Host.Read;

/// <summary>How far the read models are.</summary>
internal static class Progress
{
    /// <summary>The last event that a projection has folded; null before it began.</summary>
    public static long? PositionOf(this IReadOnlyList<ShardState> progress, string projection) =>
        progress
            .FirstOrDefault(shard => shard.ShardName.StartsWith($"{projection}:", StringComparison.Ordinal))
            ?.Sequence;
}
