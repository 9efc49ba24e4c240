namespace HybridCalendar.Adapters.Exchange.Autodiscover;

/// <summary>To which hosts the account may be shown, beside those that are asked first.</summary>
/// <param name="allowed">Host names; *.example.net stands for all below example.net.</param>
internal sealed class HostRule(IReadOnlyList<string> allowed)
{
    private const string AllBelow = "*.";

    /// <summary>
    /// Whether a redirect may be followed: over https, to the mailbox's domain or below, or where the
    /// settings say.
    /// </summary>
    /// <param name="domain">The domain of the mailbox that is searched.</param>
    internal bool Allows(Uri url, string domain) =>
        url.Scheme == Uri.UriSchemeHttps && url.UserInfo.Length == 0 && Allows(url.IdnHost, domain);

    /// <inheritdoc cref="Allows(Uri, string)"/>
    internal bool Allows(string host, string domain) =>
        IsOrIsBelow(host, domain) || allowed.Any(entry => entry.StartsWith(AllBelow, StringComparison.Ordinal)
            ? IsBelow(host, entry[AllBelow.Length..])
            : host.Equals(entry, StringComparison.OrdinalIgnoreCase));

    private static bool IsOrIsBelow(string host, string domain) =>
        host.Equals(domain, StringComparison.OrdinalIgnoreCase) || IsBelow(host, domain);

    private static bool IsBelow(string host, string domain) =>
        host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase);
}
