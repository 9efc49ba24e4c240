using HybridCalendar.Domain.Audit;
using NodaTime;
using Npgsql;

namespace HybridCalendar.Host.Audit;

/// <summary>An event's hash, as the notary stored it.</summary>
internal sealed record NotarizedHash(long Position, Guid Stream, long Version, Hash Hash);

/// <summary>An event as it is stored.</summary>
/// <param name="Previous">The notarized hash of the event before it in its stream, if there is one.</param>
/// <param name="IsHidden">Whether it is marked so that readers of the store pass over it or read other data:
/// the service never does that. Marten leaves a tombstone, which is passed over and says nothing, where an
/// append failed: an event that was given that name and still says something is hidden.</param>
internal sealed record StoredEvent(AuditedEvent Event, Hash? Previous, bool IsHidden)
{
    public Hash Hash => Event.HashAfter(Previous);
}

/// <summary>
/// Rows as values. Tables may hold anything once somebody tampered with them: what the service never stores
/// is told with its position, as a <see cref="FormatException"/>.
/// </summary>
internal static class StoredRows
{
    public static SignedHead HeadIn(NpgsqlDataReader row)
    {
        var position = row.GetInt64(0);
        return SignedHead.Parse(row.GetString(1)) is var head && head.Position == position
            ? head
            : throw new FormatException($"The head of position {head.Position} is stored for {position}.");
    }

    public static StoredEvent EventIn(NpgsqlDataReader row)
    {
        var position = row.GetInt64(0);
        try
        {
            var recordedAt = DateTime.SpecifyKind(row.GetFieldValue<DateTime>(5), DateTimeKind.Utc);
            return new StoredEvent(
                new AuditedEvent(
                    position,
                    row.GetGuid(1),
                    row.GetGuid(2),
                    row.GetInt64(3),
                    row.GetString(4),
                    Instant.FromDateTimeUtc(recordedAt),
                    row.GetFieldValue<byte[]>(6)),
                row.IsDBNull(7)
                    ? null
                    : HashOf(row.GetFieldValue<byte[]>(7), $"before event {position} in its stream"),
                row.GetBoolean(8));
        }
        catch (Exception wrong) when (wrong is InvalidCastException or ArgumentOutOfRangeException)
        {
            throw new FormatException($"Event {position} holds what the service never stores.", wrong);
        }
    }

    public static Hash HashOf(byte[] stored, string where) =>
        stored.Length == Hash.Size
            ? new Hash(stored)
            : throw new FormatException($"What is stored as the hash {where} is none.");

    public static NotarizedHash NotarizedIn(NpgsqlDataReader row)
    {
        var position = row.GetInt64(0);
        return new NotarizedHash(
            position,
            row.GetGuid(1),
            row.GetInt64(2),
            HashOf(row.GetFieldValue<byte[]>(3), $"of event {position}"));
    }
}
