using System.Text.Json.Nodes;

namespace HybridCalendar.Host.Read;

/// <summary>What became of a document between two positions.</summary>
public enum DifferenceKind
{
    Appeared,
    Changed,
    Left,
}

/// <summary>One member of a document that is not what it was.</summary>
/// <param name="Member">Its path, e.g. facts.participants[0].response.</param>
/// <param name="From">What it was; null where it was not there.</param>
/// <param name="To">What it is; null where it is no more.</param>
public sealed record MemberChange(string Member, JsonNode? From, JsonNode? To);

/// <summary>How a document differs between two positions.</summary>
/// <param name="Document">As it came or went; null when it was changed.</param>
/// <param name="Changes">Members that differ, when it was changed.</param>
public sealed record Difference(
    Guid Stream, DifferenceKind What, JsonNode? Document, IReadOnlyList<MemberChange> Changes)
{
    /// <summary>How a document differs from what it was; null when it does not.</summary>
    public static Difference? Of(Guid stream, JsonNode? first, JsonNode? second) => (first, second) switch
    {
        (null, null) => null,
        (null, _) => new Difference(stream, DifferenceKind.Appeared, second, []),
        (_, null) => new Difference(stream, DifferenceKind.Left, first, []),
        _ => Between("", first, second).ToArray() is { Length: > 0 } changes
            ? new Difference(stream, DifferenceKind.Changed, null, changes)
            : null,
    };

    /// <summary>In words, a line for each change.</summary>
    public override string ToString() => What switch
    {
        DifferenceKind.Appeared => $"{Stream} appeared: {JsonLines.Line(Document)}",
        DifferenceKind.Left => $"{Stream} left: {JsonLines.Line(Document)}",
        _ => string.Join(
            Environment.NewLine,
            Changes.Select(change => $"{Stream} {change.Member}: {Text(change.From)} -> {Text(change.To)}")),
    };

    private static string Text(JsonNode? value) => value is null ? "nothing" : JsonLines.Line(value);

    private static IEnumerable<MemberChange> Between(string path, JsonNode? first, JsonNode? second) =>
        (first, second) switch
        {
            (JsonObject one, JsonObject other) => one.Concat(other)
                .Select(member => member.Key)
                .Distinct()
                .SelectMany(name => Between($"{path}.{name}".TrimStart('.'), one[name], other[name])),
            (JsonArray one, JsonArray other) => Enumerable.Range(0, Math.Max(one.Count, other.Count))
                .SelectMany(index => Between(
                    $"{path}[{index}]",
                    one.ElementAtOrDefault(index),
                    other.ElementAtOrDefault(index))),
            _ => JsonNode.DeepEquals(first, second) ? [] : [new MemberChange(path, first, second)],
        };
}
