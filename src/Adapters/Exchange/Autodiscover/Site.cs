using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace HybridCalendar.Adapters.Exchange.Autodiscover;

/// <summary>The endpoints of Autodiscover on one host, always over https.</summary>
/// <param name="Soap">GetUserSettings.</param>
/// <param name="Pox">Plain old XML, the older protocol.</param>
/// <param name="Json">Autodiscover v2, to which the mailbox's address is added.</param>
/// <seealso href="https://learn.microsoft.com/exchange/client-developer/exchange-web-services/how-to-generate-a-list-of-autodiscover-endpoints"/>
internal sealed record Site(Uri Soap, Uri Pox, Uri Json)
{
    private const string SoapPath = "/autodiscover/autodiscover.svc";
    private const string PoxPath = "/autodiscover/autodiscover.xml";
    private const string JsonPath = "/autodiscover/autodiscover.json/v1.0/";

    internal string Host => Soap.IdnHost;

    /// <summary>The endpoints of a host, where they are by default.</summary>
    internal static Site Of(string host, int port = 443)
    {
        var root = new UriBuilder(Uri.UriSchemeHttps, host, port).Uri;
        return new Site(new Uri(root, SoapPath), new Uri(root, PoxPath), new Uri(root, JsonPath));
    }

    /// <summary>
    /// The endpoints of the host to which an address leads; the address itself is the one of its kind.
    /// </summary>
    internal static Site At(Uri url)
    {
        var site = Of(url.IdnHost, url.Port);
        return Path.GetExtension(url.AbsolutePath).ToLowerInvariant() switch
        {
            ".svc" => site with { Soap = url },
            ".xml" => site with { Pox = url },
            _ => site,
        };
    }

    /// <summary>
    /// The only address that is asked over plain http: whoever answers there may but lead to another.
    /// </summary>
    internal static Uri Signpost(string domain) =>
        new UriBuilder(Uri.UriSchemeHttp, "autodiscover." + domain, 80, PoxPath).Uri;

    /// <summary>The domain of an SMTP address in its ASCII form; null when there is none.</summary>
    internal static string? DomainOf([NotNullWhen(true)] string? address)
    {
        var at = address?.LastIndexOf('@') ?? -1;
        return at > 0 && address!.Length <= Bounds.AddressChars
            && Uri.CheckHostName(address[(at + 1)..]) == UriHostNameType.Dns
            && Uri.TryCreate("https://" + address[(at + 1)..], UriKind.Absolute, out var domain)
                ? HostOf(domain)?.ToLowerInvariant()
                : null;
    }

    /// <summary>The host of an address in its ASCII form (RFC 5891); null when it has none.</summary>
    internal static string? HostOf(Uri url)
    {
        try
        {
            return Ascii.IsValid(url.IdnHost) ? url.IdnHost : null;
        }
        catch (UriFormatException)
        {
            // An address is taken for one before its host is looked at.
            return null;
        }
    }
}
