using System.Globalization;
using System.Text.Json;
using HybridCalendar.Domain;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Projections;

namespace HybridCalendar.Simulation.Record;

/// <summary>An event as it is kept: its place, its stream, and bytes.</summary>
internal sealed record StoredEvent(long Sequence, Guid Stream, long Version, string Name, string Json)
{
    private static readonly Dictionary<string, Type> Types =
        StoredNames.Events.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    /// <summary>The event, read from its bytes.</summary>
    public object Data => field ??= JsonSerializer.Deserialize(Json, Types[Name], EventJson.Options)!;

    /// <summary>The mailbox that it is about; null when it is about all.</summary>
    public Guid? Mailbox => Data switch
    {
        MeetingEvent happened => happened.Look.Mailbox.Value,
        MailboxEvent happened => happened.Mailbox.Value,
        _ => null,
    };

    public static StoredEvent Of(long sequence, Guid stream, long version, object data) => new(
        sequence,
        stream,
        version,
        StoredNames.Events[data.GetType()],
        JsonSerializer.Serialize(data, data.GetType(), EventJson.Options));

    /// <summary>The event as a line of a file.</summary>
    public string Write() => string.Create(
        CultureInfo.InvariantCulture, $"{Sequence} {Stream} {Version} {Name} {Json}");

    public static StoredEvent Read(string line)
    {
        var parts = line.Split(' ', 5);
        return new StoredEvent(
            long.Parse(parts[0], CultureInfo.InvariantCulture),
            Guid.Parse(parts[1]),
            long.Parse(parts[2], CultureInfo.InvariantCulture),
            parts[3],
            parts[4]);
    }
}
