using System.Text.Json;
using System.Text.Json.Nodes;
using HybridCalendar.Adapters.Keys;
using HybridCalendar.Domain;
using HybridCalendar.Projections;

namespace HybridCalendar.Host.Read;

/// <summary>Opens the sealed texts of any document.</summary>
internal static class OpenedJson
{
    private static readonly string Ciphertext =
        JsonNamingPolicy.CamelCase.ConvertName(nameof(Sealed.Ciphertext));

    /// <summary>The same JSON, each sealed text replaced by the text.</summary>
    public static JsonNode Open(this MailboxSeal seal, JsonNode node) => node switch
    {
        JsonObject members when members.ContainsKey(Ciphertext) =>
            JsonValue.Create(seal.Open(members.Deserialize<Sealed>(EventJson.Options)!)),
        JsonObject members => new JsonObject(members.Select(member =>
            KeyValuePair.Create(member.Key, member.Value is null ? null : seal.Open(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(item => item is null ? null : seal.Open(item))]),
        _ => node.DeepClone(),
    };
}
