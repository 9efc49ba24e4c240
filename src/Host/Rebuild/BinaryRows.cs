using System.Buffers.Binary;
using System.Text;
using Npgsql;

namespace HybridCalendar.Host.Rebuild;

/// <summary>
/// Reads rows as PostgreSQL streams them (COPY TO, binary format), each in place: no object is made for one.
/// </summary>
/// <seealso href="https://www.postgresql.org/docs/current/sql-copy.html"/>
internal sealed class BinaryRows(Stream stream) : IAsyncDisposable
{
    private const int HeaderBytes = 19;
    private const int FirstBufferBytes = 1 << 20;
    private const int FieldsMax = 8;
    private const int BytesBeforeJson = 1;

    private readonly int[] offsets = new int[FieldsMax];
    private readonly int[] lengths = new int[FieldsMax];
    private byte[] buffer = new byte[FirstBufferBytes];
    private int begin;
    private int end;

    /// <summary>Runs a query, whose text nobody but this program writes.</summary>
    public static async Task<BinaryRows> Open(
        NpgsqlConnection connection, string query, CancellationToken cancellation)
    {
        var stream = await connection.BeginRawBinaryCopyAsync(
            $"copy ({query}) to stdout (format binary)", cancellation);
        return await Open(stream, cancellation);
    }

    public static async Task<BinaryRows> Open(Stream stream, CancellationToken cancellation)
    {
        var rows = new BinaryRows(stream);
        await rows.Fill(HeaderBytes, cancellation);
        rows.begin = HeaderBytes;
        return rows;
    }

    /// <summary>Goes to the next row; false when there is none.</summary>
    public async ValueTask<bool> Next(CancellationToken cancellation)
    {
        while (true)
        {
            switch (Parse())
            {
                case > 0: return true;
                case 0: return false;
                default: await Fill(end - begin + 1, cancellation); break;
            }
        }
    }

    public ReadOnlySpan<byte> Field(int column) => buffer.AsSpan(offsets[column], lengths[column]);

    public long Number(int column) => BinaryPrimitives.ReadInt64BigEndian(Field(column));

    public Guid Id(int column) => new(Field(column), bigEndian: true);

    public string Text(int column) => Encoding.UTF8.GetString(Field(column));

    /// <summary>The text of a jsonb value.</summary>
    public ReadOnlySpan<byte> Json(int column) => Field(column)[BytesBeforeJson..];

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    // The number of fields of the row that begins here; 0 at the end, negative when it is not all here yet.
    private int Parse()
    {
        var bytes = buffer.AsSpan(0, end);
        var at = begin + sizeof(short);
        if (at > end)
        {
            return -1;
        }

        var fields = BinaryPrimitives.ReadInt16BigEndian(bytes[begin..]);
        for (var field = 0; field < fields; field++)
        {
            if (at + sizeof(int) > end)
            {
                return -1;
            }

            // A value that is null has length -1, and is read as an empty one.
            var length = Math.Max(0, BinaryPrimitives.ReadInt32BigEndian(bytes[at..]));
            at += sizeof(int);
            offsets[field] = at;
            lengths[field] = length;
            at += length;
            if (at > end)
            {
                return -1;
            }
        }

        begin = at;
        return Math.Max((short)0, fields);
    }

    private async ValueTask Fill(int needed, CancellationToken cancellation)
    {
        buffer.AsSpan(begin, end - begin).CopyTo(buffer);
        end -= begin;
        begin = 0;
        if (needed > buffer.Length || end == buffer.Length)
        {
            Array.Resize(ref buffer, Math.Max(needed, buffer.Length * 2));
        }

        while (end < needed)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(end), cancellation);
            if (read == 0)
            {
                throw new EndOfStreamException("PostgreSQL ended a COPY in the middle of a row.");
            }

            end += read;
        }
    }
}
