using HybridCalendar.Projections;
using JasperFx.Events.Projections;

namespace HybridCalendar.Host.Read;

/// <summary>How far the read models are.</summary>
internal static class Progress
{
    /// <summary>The last event that a read model has folded; null before it began.</summary>
    public static long? PositionOf(this IReadOnlyList<ShardState> progress, ReadModel model) =>
        progress.FirstOrDefault(shard => shard.ShardName == model.Shard)?.Sequence;
}
