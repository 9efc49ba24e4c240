using System.Text;

namespace HybridCalendar.Domain.Joining;

/// <summary>Links that a mail gateway has put its own address in front of, taken back.</summary>
/// <remarks>
/// Safe Links of Microsoft Defender, Google's redirect, Trend Micro's click-time check, URL Defense of
/// Proofpoint in its three forms, and others that keep the target in the query or the path. Wrappers that
/// keep it to themselves, as Mimecast's, cannot be taken back and are no targets: who knows where they lead?
/// A target that is percent-encoded once more is decoded once more.
/// </remarks>
internal static class LinkWrappers
{
    /// <summary>Gateways in a row, each of which wraps what the one before has made.</summary>
    private const int DepthMax = 4;

    /// <summary>Those that keep the target in the query, decoded once by taking it from there.</summary>
    private static readonly InQueryOf[] InQuery =
    [
        new(".safelinks.protection.outlook.com", null, "url"),
        new(".safelinks.protection.office365.us", null, "url"),
        new(".safelinks.protection.partner.outlook.cn", null, "url"),
        new("statics.teams.cdn.office.net", "evergreen-assets", "url"),
        new("outlook.office.com", "mail", "url"),
        new("outlook.office365.com", "mail", "url"),
        new("outlook.cloud.microsoft", "mail", "url"),
        new("google.com", "url", "q", "url"),
        new(".google.com", "url", "q", "url"),
        new("meet.google.com", "linkredirect", "dest"),
        new(".trendmicro.com", null, "url"),
        new("linkprotect.cudasvc.com", "url", "a"),
        new(".fireeye.com", null, "u"),
        new("clicktime.symantec.com", null, "u"),
        new("scanmail.trustwave.com", null, "u"),
        new("l.facebook.com", "l.php", "u"),
        new("www.linkedin.com", "safety", "url"),
        new("slack-redir.net", "link", "url"),
    ];

    private const string Base64Url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    /// <summary>
    /// The innermost link: the link itself when nothing wraps it, the wrapper when it cannot be read.
    /// </summary>
    public static Link Unwrap(Link link)
    {
        for (var depth = 0; depth < DepthMax && Target(link) is { } target; depth++)
        {
            if (LinkScan.Whole(target) is not { } inner)
            {
                return link;
            }

            link = inner;
        }

        return link;
    }

    private static string? Target(Link link) => link switch
    {
        { Host: "urldefense.com" or "urldefense.us" or "urldefense.proofpoint.com" } => link.Segments switch
        {
            ["v1", ..] => link.Parameter("u"),
            ["v2", ..] when link.Parameter("u") is { } coded =>
                Uri.UnescapeDataString(coded.Replace('-', '%').Replace('_', '/')),
            ["v3", ..] => ThirdForm(link.Address),
            _ => null,
        },
        { Host: "protect.checkpoint.com" or "url.avanan.click" } => Between(link.Address, "/___", "___."),
        { Segments: ["L0", var coded, ..] } when IsBelow(link, ".awstrack.me") =>
            Uri.UnescapeDataString(coded),
        { Segments: ["url"] } when link.Host.StartsWith("www.google.", StringComparison.Ordinal) =>
            link.Parameter("q") ?? link.Parameter("url"),
        _ when IsBelow(link, ".protection.sophos.com") =>
            link.Parameter("u") is { } coded ? Encoding.UTF8.GetString(Bytes(coded)) : null,
        { Host: "teams.microsoft.com", Segments: ["dl", "launcher", ..] } =>
            link.Parameter("url") is ['/', .. var path] ? $"https://{link.Host}/{path}" : null,
        { Host: "secure-web.cisco.com", Segments: [_, var coded, ..] } => Uri.UnescapeDataString(coded),
        _ when InQuery.FirstOrDefault(wrapper => wrapper.Is(link)) is { } wrapper =>
            wrapper.Names.Select(link.Parameter).FirstOrDefault(value => !string.IsNullOrEmpty(value)),
        _ => null,
    };

    private static bool IsBelow(Link link, string domain) =>
        link.Host.EndsWith(domain, StringComparison.Ordinal);

    /// <summary>
    /// v3: the target between "__" and "__;", with each "*" for a byte of what follows, in Base64.
    /// </summary>
    private static string? ThirdForm(string address)
    {
        if (Between(address, "/v3/__", "__;") is not { } target)
        {
            return null;
        }

        var coded = address.AsSpan(address.LastIndexOf("__;", StringComparison.Ordinal) + "__;".Length);
        var mark = coded.IndexOf('!');
        return WithBothSlashes(Fill(target, Bytes(mark < 0 ? coded : coded[..mark])));
    }

    /// <summary>Some programs take "//" within a path for "/".</summary>
    private static string WithBothSlashes(string target) =>
        target.StartsWith("https:/", StringComparison.OrdinalIgnoreCase) && !target.AsSpan(7).StartsWith("/")
            ? target.Insert(7, "/")
            : target;

    /// <summary>From after the first mark to the last of the second; null when they are not there.</summary>
    private static string? Between(string address, string first, string second)
    {
        var start = address.IndexOf(first, StringComparison.OrdinalIgnoreCase) + first.Length;
        var end = address.LastIndexOf(second, StringComparison.Ordinal);
        return start < first.Length || end < start ? null : address[start..end];
    }

    /// <summary>
    /// Puts the bytes back: one for "*", as many as a Base64 digit says, plus two, for "**" before it.
    /// </summary>
    private static string Fill(ReadOnlySpan<char> target, ReadOnlySpan<byte> bytes)
    {
        // Bytes, because those of one character may stand under two marks.
        var filled = new List<byte>(target.Length);
        var used = 0;
        for (var i = 0; i < target.Length; i++)
        {
            if (target[i] != '*')
            {
                var next = target[i..].IndexOf('*') is var mark and >= 0 ? mark : target.Length - i;
                filled.AddRange(Encoding.UTF8.GetBytes(target.Slice(i, next).ToString()));
                i += next - 1;
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
            filled.AddRange(bytes.Slice(used, count));
            used += count;
        }

        return Encoding.UTF8.GetString([.. filled]);
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

    /// <param name="Host">All of it, or its end when it begins with a dot.</param>
    /// <param name="Path">The first part of the path; null for any.</param>
    /// <param name="Names">Under which the target is, the first that has one.</param>
    private sealed record InQueryOf(string Host, string? Path, params string[] Names)
    {
        public bool Is(Link link) =>
            (Host[0] == '.' ? IsBelow(link, Host) : link.Host == Host)
            && (Path is null || (link.Segments is [var first, ..] && first == Path));
    }
}
