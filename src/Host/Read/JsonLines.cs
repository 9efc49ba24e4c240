using System.Text.Encodings.Web;
using System.Text.Json;
using HybridCalendar.Projections;

namespace HybridCalendar.Host.Read;

/// <summary>One JSON value a line, as it becomes known: for what is too much to hold in memory.</summary>
internal static class JsonLines
{
    public const string MediaType = "application/x-ndjson";

    private static readonly JsonSerializerOptions Readable = new(EventJson.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly byte[] LineEnd = "\n"u8.ToArray();

    public static string Line<T>(T value) => JsonSerializer.Serialize(value, Readable);

    /// <summary>Whether a caller asks for lines.</summary>
    public static bool IsAccepted(string? accept) =>
        accept?.Contains(MediaType, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>An answer that goes on as long as there are values.</summary>
    public static IResult Stream<T>(IAsyncEnumerable<T> values) => TypedResults.Stream(
        async body =>
        {
            await foreach (var value in values)
            {
                await JsonSerializer.SerializeAsync(body, value, EventJson.Options);
                await body.WriteAsync(LineEnd);
            }
        },
        MediaType);
}
