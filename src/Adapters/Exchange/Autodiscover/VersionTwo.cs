using System.Text.Json;
using HybridCalendar.Adapters.Exchange.Soap;

namespace HybridCalendar.Adapters.Exchange.Autodiscover;

/// <summary>
/// Autodiscover v2: one address of the service for one mailbox, told to anybody; knows no grouping.
/// </summary>
/// <remarks>Undocumented; its replies are written as {"Protocol":"EWS","Url":"https://…"} or
/// {"ErrorCode":"…","ErrorMessage":"…"}.</remarks>
internal static class VersionTwo
{
    private static readonly JsonDocumentOptions Limits = new() { MaxDepth = Bounds.DepthElements };

    internal static Uri Question(Site site, string address) =>
        new(site.Json, Uri.EscapeDataString(address) + "?Protocol=EWS");

    internal static Parsed<UserAnswer> Read(Stream reply)
    {
        try
        {
            using var json = JsonDocument.Parse(reply, Limits);
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? Read(json.RootElement)
                : SoapReply.Malformed<UserAnswer>("no object");
        }
        catch (JsonException)
        {
            // Its message may quote the reply.
            return SoapReply.Malformed<UserAnswer>("not JSON");
        }
        catch (InvalidOperationException)
        {
            return SoapReply.Malformed<UserAnswer>("a text that is none");
        }
    }

    private static Parsed<UserAnswer> Read(JsonElement answer) => Outcome(
        Text(answer, "Url"), Text(answer, "ErrorCode"));

    private static Parsed<UserAnswer> Outcome(string? url, string? error) => (url, error) switch
    {
        ({ }, _) => new Parsed<UserAnswer>.Answer(UserAnswer.Locate([url], grouping: null)),
        (_, "UserNotFound" or "MailboxNotFound" or "InvalidUserId") =>
            Refuse(DiscoveryRefusal.UnknownMailbox),
        (_, "ProtocolNotSupported" or "InvalidProtocol") => Refuse(DiscoveryRefusal.NoService),
        (_, { }) => Refuse(DiscoveryRefusal.ServerFailed),
        _ => SoapReply.Malformed<UserAnswer>("neither an address nor an error"),
    };

    private static string? Text(JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static Parsed<UserAnswer> Refuse(DiscoveryRefusal reason) =>
        new Parsed<UserAnswer>.Answer(UserAnswer.Refuse(reason));
}
