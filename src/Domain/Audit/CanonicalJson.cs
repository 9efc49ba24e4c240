using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace HybridCalendar.Domain.Audit;

/// <summary>
/// One way to write a JSON value, whoever printed it before: what is hashed must not depend on a database.
/// </summary>
/// <remarks>
/// RFC 8785 (JSON Canonicalization Scheme): UTF-8, no white space, members sorted by their names' UTF-16 code
/// units, only quotes, backslashes and control characters escaped. Numbers are written in full instead of as
/// the nearest double, so that no two are taken for one: digits, a fraction without zeros at its end, no
/// exponent. For whole numbers that a double holds, that is the same.
/// </remarks>
public static class CanonicalJson
{
    /// <summary>How deep values may be nested.</summary>
    private const int DeepestNesting = 64;

    private static readonly JsonDocumentOptions Strict = new()
    {
        AllowDuplicateProperties = false,
        MaxDepth = DeepestNesting,
    };

    /// <summary>Writes a JSON text in its canonical form.</summary>
    /// <exception cref="JsonException">It is not JSON, has a member twice, or is nested too deep.</exception>
    /// <exception cref="FormatException">A number has an exponent; PostgreSQL's jsonb has none.</exception>
    public static void Write(ReadOnlyMemory<byte> json, IBufferWriter<byte> output)
    {
        using var document = JsonDocument.Parse(json, Strict);
        Write(document.RootElement, output);
    }

    /// <summary>Writes a text with its quotes.</summary>
    public static void WriteText(string text, IBufferWriter<byte> output)
    {
        output.Write("\""u8);
        var rest = text.AsSpan();
        for (int next; (next = IndexOfEscaped(rest)) >= 0; rest = rest[(next + 1)..])
        {
            Encoding.UTF8.GetBytes(rest[..next], output);
            WriteEscaped(rest[next], output);
        }

        Encoding.UTF8.GetBytes(rest, output);
        output.Write("\""u8);
    }

    private static void Write(JsonElement value, IBufferWriter<byte> output)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteMembers(value, output);
                break;
            case JsonValueKind.Array:
                WriteItems(value, output);
                break;
            case JsonValueKind.String when !JsonMarshal.GetRawUtf8Value(value).Contains((byte)'\\'):
                output.Write(JsonMarshal.GetRawUtf8Value(value));
                break;
            case JsonValueKind.String:
                WriteText(value.GetString()!, output);
                break;
            case JsonValueKind.Number:
                output.Write(Plain(JsonMarshal.GetRawUtf8Value(value)));
                break;
            default:
                output.Write(JsonMarshal.GetRawUtf8Value(value));
                break;
        }
    }

    private static void WriteMembers(JsonElement value, IBufferWriter<byte> output)
    {
        var members = new (string Name, JsonElement Value)[value.GetPropertyCount()];
        var count = 0;
        foreach (var member in value.EnumerateObject())
        {
            members[count++] = (member.Name, member.Value);
        }

        Array.Sort(members, (one, other) => string.CompareOrdinal(one.Name, other.Name));
        output.Write("{"u8);
        for (var index = 0; index < count; index++)
        {
            output.Write(index > 0 ? ","u8 : []);
            WriteText(members[index].Name, output);
            output.Write(":"u8);
            Write(members[index].Value, output);
        }

        output.Write("}"u8);
    }

    private static void WriteItems(JsonElement value, IBufferWriter<byte> output)
    {
        output.Write("["u8);
        for (var index = 0; index < value.GetArrayLength(); index++)
        {
            output.Write(index > 0 ? ","u8 : []);
            Write(value[index], output);
        }

        output.Write("]"u8);
    }

    private static ReadOnlySpan<byte> Plain(ReadOnlySpan<byte> number)
    {
        if (number.ContainsAny((byte)'e', (byte)'E'))
        {
            throw new FormatException("A number with an exponent has no canonical form.");
        }

        var plain = number.Contains((byte)'.') ? number.TrimEnd((byte)'0').TrimEnd((byte)'.') : number;
        return plain.SequenceEqual("-0"u8) ? "0"u8 : plain;
    }

    private static int IndexOfEscaped(ReadOnlySpan<char> text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] is < ' ' or '"' or '\\')
            {
                return index;
            }
        }

        return -1;
    }

    private static void WriteEscaped(char escaped, IBufferWriter<byte> output) => output.Write(escaped switch
    {
        '"' => "\\\""u8,
        '\\' => "\\\\"u8,
        '\b' => "\\b"u8,
        '\t' => "\\t"u8,
        '\n' => "\\n"u8,
        '\f' => "\\f"u8,
        '\r' => "\\r"u8,
        _ => Encoding.ASCII.GetBytes($"\\u{(int)escaped:x4}"),
    });
}
