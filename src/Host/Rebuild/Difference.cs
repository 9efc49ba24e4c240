using System.Text.Json;

namespace HybridCalendar.Host.Rebuild;

/// <summary>In which members two JSON values differ: their paths, never what is in them.</summary>
internal static class Difference
{
    /// <summary>Paths that are named of one document; a count tells of the rest.</summary>
    public const int PathsMax = 8;

    /// <summary>
    /// The paths, e.g. <c>facts.participants[3].response</c>; empty when the values are equal.
    /// </summary>
    public static IEnumerable<string> Paths(JsonElement expected, JsonElement stored, string path = "")
    {
        if (IsThere(expected) && IsThere(stored) && JsonElement.DeepEquals(expected, stored))
        {
            return [];
        }

        return (expected.ValueKind, stored.ValueKind) switch
        {
            (JsonValueKind.Object, JsonValueKind.Object) => Members(expected)
                .Union(Members(stored))
                .SelectMany(name => Paths(
                    Member(expected, name),
                    Member(stored, name),
                    path.Length == 0 ? name : $"{path}.{name}")),
            (JsonValueKind.Array, JsonValueKind.Array)
                when expected.GetArrayLength() == stored.GetArrayLength() =>
                Enumerable.Range(0, expected.GetArrayLength())
                    .SelectMany(index => Paths(expected[index], stored[index], $"{path}[{index}]")),
            _ => [path.Length == 0 ? "everything" : path],
        };
    }

    private static bool IsThere(JsonElement value) => value.ValueKind != JsonValueKind.Undefined;

    private static IEnumerable<string> Members(JsonElement value) =>
        value.EnumerateObject().Select(member => member.Name);

    private static JsonElement Member(JsonElement value, string name) =>
        value.TryGetProperty(name, out var member) ? member : default;
}
