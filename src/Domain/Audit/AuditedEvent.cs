using System.Buffers;
using System.Text;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace HybridCalendar.Domain.Audit;

/// <summary>One event as it is stored, with all that is protected against being changed.</summary>
/// <param name="Position">Its place among all events of the service: the later the higher, with gaps.</param>
/// <param name="Version">Its place in its stream, from 1.</param>
/// <param name="RecordedAt">When the store took it, to the microsecond.</param>
/// <param name="Data">The event itself, as JSON, its texts sealed.</param>
public sealed record AuditedEvent(
    long Position,
    Guid Id,
    Guid Stream,
    long Version,
    string Type,
    Instant RecordedAt,
    ReadOnlyMemory<byte> Data)
{
    private static readonly InstantPattern Microseconds =
        InstantPattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss.ffffff'Z'");

    /// <summary>
    /// Writes the one line that stands for the event: canonical JSON (<see cref="CanonicalJson"/>) of
    /// <c>{data, id, position, previous, recordedAt, stream, type, version}</c>. Stored for ever in hashes.
    /// </summary>
    /// <param name="previous">The hash of the event before it in its stream; null for the first.</param>
    /// <exception cref="FormatException">The data has no canonical form: no service stored it.</exception>
    public void WriteTo(IBufferWriter<byte> output, Hash? previous)
    {
        output.Write("{\"data\":"u8);
        WriteData(output);
        Write($",\"id\":\"{Id}\",\"position\":{Position},\"previous\":");
        Write(previous is { } hash ? $"\"{hash}\"" : "null");
        Write($",\"recordedAt\":\"{Microseconds.Format(RecordedAt)}\",\"stream\":\"{Stream}\",\"type\":");
        CanonicalJson.WriteText(Type, output);
        Write($",\"version\":{Version}}}");

        void Write(string ascii) => Encoding.ASCII.GetBytes(ascii, output);
    }

    /// <summary>The hash that is notarized: of the line, as a leaf of the tree over all events.</summary>
    public Hash HashAfter(Hash? previous)
    {
        var line = new ArrayBufferWriter<byte>();
        WriteTo(line, previous);
        return MerkleTree.Leaf(line.WrittenSpan);
    }

    private void WriteData(IBufferWriter<byte> output)
    {
        try
        {
            CanonicalJson.Write(Data, output);
        }
        catch (Exception wrong) when (wrong is JsonException or FormatException)
        {
            throw new FormatException($"The data of event {Position} has no canonical form.", wrong);
        }
    }
}
