using System.Text.Json;
using HybridCalendar.Adapters.Exchange.Operations;

namespace HybridCalendar.Adapters.Exchange.Reading;

/// <summary>Properties of an item that are there to say how its online meeting is joined.</summary>
/// <remarks>
/// Exchange names calendar:JoinOnlineMeetingUrl, for meetings of Skype for Business (MS-OXWSMTGS,
/// t:CalendarItemType). Clients keep others in PublicStrings:
/// <list type="bullet">
/// <item>SkypeTeamsMeetingUrl, the link, and SkypeTeamsProperties, JSON: Outlook's add-in for Teams
/// (https://learn.microsoft.com/answers/questions/289749).</item>
/// <item>OnlineMeetingExternalLink, the link: add-ins for Lync and Skype for Business (MS-ASCAL,
/// 2.2.2.34).</item>
/// <item>TMS:ExternalConferenceData, a SIP URI: Cisco's Hybrid Calendar. UCCapabilities, the same by Cisco's
/// Productivity Tools, and XML by Lync (Deployment Guide for Cisco Webex Hybrid Calendar, One Button to
/// Push).</item>
/// </list>
/// Not asked for: OnlineMeetingSettings, which has no address, and OnlineMeetingConfLink, a GRUU that only
/// Lync can call (MS-ASCAL, OnlineMeetingConfLink).
/// </remarks>
internal static class OnlineMeetingProperties
{
    private static readonly ExtendedName TeamsUrl = ExtendedName.PublicString("SkypeTeamsMeetingUrl");
    private static readonly ExtendedName TeamsJson = ExtendedName.PublicString("SkypeTeamsProperties");
    private static readonly ExtendedName SkypeUrl = ExtendedName.PublicString("OnlineMeetingExternalLink");
    private static readonly ExtendedName VideoUri = ExtendedName.PublicString("TMS:ExternalConferenceData");
    private static readonly ExtendedName Capabilities = ExtendedName.PublicString("UCCapabilities");

    /// <summary>Those in PublicStrings.</summary>
    internal static readonly ExtendedName[] Names = [TeamsUrl, TeamsJson, SkypeUrl, VideoUri, Capabilities];

    /// <summary>
    /// Links and addresses, in the order in which they are believed: links before addresses, and that of
    /// Teams before those of Skype, which a meeting keeps that was moved to Teams.
    /// </summary>
    internal static IReadOnlyList<string> Of(RawItem item)
    {
        string? Value(ExtendedName name) => item.Extended.GetValueOrDefault(name);
        string?[] all =
        [
            Value(TeamsUrl),
            item.JoinOnlineMeetingUrl,
            Value(SkypeUrl),
            .. Links(Value(TeamsJson)),
            Address(Value(VideoUri)),
            Address(Value(Capabilities)),
        ];
        return [.. all.OfType<string>().Where(text => text.Length is > 0 and <= Bounds.OnlineMeetingChars)];
    }

    /// <summary>The texts of a JSON object that are links: all else in it only Teams understands.</summary>
    private static IEnumerable<string> Links(string? json)
    {
        if (json is null or { Length: > Bounds.OnlineMeetingChars })
        {
            return [];
        }

        try
        {
            using var read = JsonDocument.Parse(json);
            return read.RootElement.ValueKind != JsonValueKind.Object ? []
                : [.. read.RootElement.EnumerateObject()
                    .Where(member => member.Value.ValueKind == JsonValueKind.String)
                    .Select(member => member.Value.GetString()!)
                    .Where(text => text.StartsWith("https://", StringComparison.OrdinalIgnoreCase))];
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            // It is for Teams, not for us; others are free to write there what they like.
            return [];
        }
    }

    /// <summary>A text that is one address, which may be written without its scheme; else null.</summary>
    private static string? Address(string? text) =>
        text?.Trim() is not { } address || address.IndexOfAny([' ', '<', '\r', '\n', '\t']) >= 0 ? null
        : address.Contains('@', StringComparison.Ordinal) && !address.Contains(':', StringComparison.Ordinal)
            ? $"sip:{address}"
        : address;
}
