using System.Text;

namespace HybridCalendar.Domain.Joining;

/// <summary>Links that a mail gateway has put its own address in front of, taken back.</summary>
/// <remarks>
/// Safe Links of Microsoft Defender (url), Google's redirect (q), Trend Micro's click-time check (url), URL
/// Defense of Proofpoint in its three forms. Wrappers that keep the target to themselves cannot be taken
/// back.
/// </remarks>
internal static class LinkWrappers
{
    /// <summary>Gateways in a row, each of which wraps what the one before has made.</summary>
    private const int DepthMax = 4;

    private const string Base64Url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    /// <summary>
    /// The innermost link: the link itself when nothing wraps it, the wrapper when it cannot be read.
    /// </summary>
    public static Link Unwrap(Link link)
    {
        for (var depth = 0; depth < DepthMax && Target(link) is { } target; depth++)
        {
            if (AddressScan.Links(target).FirstOrDefault() is not { } inner)
            {
                return link;
            }

            link = inner;
        }

        return link;
    }

    private static string? Target(Link link) => link switch
    {
        _ when link.Host.EndsWith(".safelinks.protection.outlook.com", StringComparison.Ordinal)
            || link.Host.EndsWith(".safelinks.protection.office365.us", StringComparison.Ordinal) =>
            link.Parameter("url"),
        { Host: "www.google.com" or "google.com", Segments: ["url"] } =>
            link.Parameter("q") ?? link.Parameter("url"),
        _ when link.Host.EndsWith(".trendmicro.com", StringComparison.Ordinal) => link.Parameter("url"),
        { Host: "urldefense.proofpoint.com" or "urldefense.com", Segments: ["v1", ..] } =>
            link.Parameter("u"),
        { Host: "urldefense.proofpoint.com" or "urldefense.com", Segments: ["v2", ..] } =>
            link.Parameter("u") is { } coded
                ? Uri.UnescapeDataString(coded.Replace('-', '%').Replace('_', '/'))
                : null,
        { Host: "urldefense.com" or "urldefense.us", Segments: ["v3", ..] } => ThirdForm(link.Address),
        _ => null,
    };

    /// <summary>
    /// v3: the target between "__" and "__;", with each "*" for a byte of what follows, in Base64.
    /// </summary>
    private static string? ThirdForm(string address)
    {
        var start = address.IndexOf("/v3/__", StringComparison.OrdinalIgnoreCase) + "/v3/__".Length;
        var end = address.LastIndexOf("__;", StringComparison.Ordinal);
        if (end < start)
        {
            return null;
        }

        var target = address.AsSpan(start, end - start);
        var coded = address.AsSpan(end + "__;".Length);
        var mark = coded.IndexOf('!');
        return Fill(target, Bytes(mark < 0 ? coded : coded[..mark]));
    }

    /// <summary>
    /// Puts the bytes back: one for "*", as many as a Base64 digit says, plus two, for "**" before it.
    /// </summary>
    private static string Fill(ReadOnlySpan<char> target, ReadOnlySpan<byte> bytes)
    {
        var filled = new StringBuilder(target.Length);
        var used = 0;
        for (var i = 0; i < target.Length; i++)
        {
            if (target[i] != '*')
            {
                filled.Append(target[i]);
                continue;
            }

            var count = 1;
            if (i + 2 < target.Length
                && target[i + 1] == '*'
                && Base64Url.IndexOf(target[i + 2], StringComparison.Ordinal) is var digit and >= 0)
            {
                count = digit + 2;
                i += 2;
            }

            count = Math.Min(count, bytes.Length - used);
            filled.Append(Encoding.UTF8.GetString(bytes.Slice(used, count)));
            used += count;
        }

        return filled.ToString();
    }

    private static byte[] Bytes(ReadOnlySpan<char> base64Url)
    {
        var text = base64Url.TrimEnd('=').ToString().Replace('-', '+').Replace('_', '/');
        var bytes = new byte[text.Length];
        var padded = text.PadRight((text.Length + 3) / 4 * 4, '=');
        return Convert.TryFromBase64String(padded, bytes, out var written)
            ? bytes[..written]
            : [];
    }
}
