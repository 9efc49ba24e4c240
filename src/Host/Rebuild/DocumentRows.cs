using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using HybridCalendar.Projections;

namespace HybridCalendar.Host.Rebuild;

/// <summary>
/// Writes documents into a table of Marten's as PostgreSQL takes them fastest (COPY FROM, binary format).
/// </summary>
/// <seealso href="https://www.postgresql.org/docs/current/sql-copy.html"/>
internal sealed class DocumentRows : IDisposable
{
    /// <summary>
    /// The columns that are written; Marten's other one, the time of the change, has a default.
    /// </summary>
    public const string Columns = "id, data, mt_dotnet_type, mt_version";

    private const short ColumnCount = 4;
    private const int BytesToSend = 1 << 20;
    private const int GuidBytes = 16;
    private const byte JsonbVersion = 1;

    // Signature, flags, and the length of an extension that there is none of.
    private static readonly byte[] Header = [.. "PGCOPY\n"u8, 0xFF, 0x0D, 0x0A, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private readonly ArrayBufferWriter<byte> rows = new(BytesToSend * 2);
    private readonly ArrayBufferWriter<byte> json = new();
    private readonly Utf8JsonWriter writer;
    private readonly byte[] type;
    private readonly JsonTypeInfo shape;
    private readonly Stream stream;

    public DocumentRows(Stream stream, Type document)
    {
        this.stream = stream;
        writer = new Utf8JsonWriter(json, new JsonWriterOptions { SkipValidation = true });
        type = Encoding.UTF8.GetBytes(document.FullName!);
        shape = EventJson.Options.GetTypeInfo(document);
        rows.Write(Header);
    }

    public async ValueTask Write(Guid id, object document, long version, CancellationToken cancellation)
    {
        json.ResetWrittenCount();
        writer.Reset();
        JsonSerializer.Serialize(writer, document, shape);
        BinaryPrimitives.WriteInt16BigEndian(rows.GetSpan(sizeof(short)), ColumnCount);
        rows.Advance(sizeof(short));
        Length(GuidBytes);
        id.TryWriteBytes(rows.GetSpan(GuidBytes), bigEndian: true, out _);
        rows.Advance(GuidBytes);
        Length(json.WrittenCount + 1);
        rows.Write([JsonbVersion]);
        rows.Write(json.WrittenSpan);
        Length(type.Length);
        rows.Write(type);
        Length(sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(rows.GetSpan(sizeof(long)), version);
        rows.Advance(sizeof(long));
        if (rows.WrittenCount >= BytesToSend)
        {
            await Send(cancellation);
        }
    }

    /// <summary>Ends the rows. They are there once the stream is disposed of.</summary>
    public Task Complete(CancellationToken cancellation)
    {
        BinaryPrimitives.WriteInt16BigEndian(rows.GetSpan(sizeof(short)), -1);
        rows.Advance(sizeof(short));
        return Send(cancellation);
    }

    public void Dispose() => writer.Dispose();

    private void Length(int bytes)
    {
        BinaryPrimitives.WriteInt32BigEndian(rows.GetSpan(sizeof(int)), bytes);
        rows.Advance(sizeof(int));
    }

    private async Task Send(CancellationToken cancellation)
    {
        await stream.WriteAsync(rows.WrittenMemory, cancellation);
        rows.ResetWrittenCount();
    }
}
