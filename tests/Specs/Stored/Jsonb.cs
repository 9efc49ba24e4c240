using System.Text;
using System.Text.Json.Nodes;

namespace HybridCalendar.Specs.Stored;

/// <summary>
/// JSON as PostgreSQL's jsonb gives it back: members by the length of their names, then by bytes.
/// </summary>
/// <remarks>Source: PostgreSQL, datatype-json ("does not preserve the order of object keys").</remarks>
internal static class Jsonb
{
    public static string Reorder(string json) => Reorder(JsonNode.Parse(json))!.ToJsonString();

    private static JsonNode? Reorder(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members
            .OrderBy(member => Encoding.UTF8.GetByteCount(member.Key))
            .ThenBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => KeyValuePair.Create(member.Key, Reorder(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Reorder)]),
        _ => node?.DeepClone(),
    };
}
