using System.Net;
using System.Net.Http.Headers;
using System.Xml;
using HybridCalendar.Adapters.Exchange.Accounts;
using HybridCalendar.Adapters.Exchange.Soap;

namespace HybridCalendar.Adapters.Exchange;

/// <summary>A request to be sent.</summary>
/// <param name="Operation">Its name in traces and metrics.</param>
/// <param name="Impersonated">SMTP address in whose name it is made; null for the account's own.</param>
/// <param name="Body">Writes what the SOAP body holds, in the dialect that is spoken.</param>
/// <param name="Affinity">
/// The group whose requests must reach one and the same server; null when any will do.
/// </param>
internal sealed record EwsRequest(
    string Operation, string? Impersonated, Action<XmlWriter, Dialect> Body, Affinity? Affinity = null)
{
    /// <summary>A request that is the same in every dialect.</summary>
    internal EwsRequest(
        string operation, string? impersonated, Action<XmlWriter> body, Affinity? affinity = null)
        : this(operation, impersonated, (xml, _) => body(xml), affinity)
    {
    }

    /// <summary>The oldest dialect in which it can be made.</summary>
    internal Dialect Needs { get; init; } = Dialect.Exchange2013;

    /// <summary>Longest time for the call; null for that of the settings.</summary>
    internal TimeSpan? Timeout { get; init; }

    /// <summary>Where it is sent; null until its mailbox was located.</summary>
    internal Uri? Url { get; init; }

    /// <summary>
    /// Whether the mailbox answers one such call at a time: Exchange counts its Sync operations apart
    /// (ConcurrentSyncCalls).
    /// </summary>
    internal bool IsSync => Operation.StartsWith("Sync", StringComparison.Ordinal);

    /// <summary>The request as it is sent, without what proves the account.</summary>
    internal HttpRequestMessage Message(Uri url, Dialect dialect)
    {
        var envelope = SoapRequest.Write(Impersonated, dialect, xml => Body(xml, dialect));
        var message = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(envelope),
        };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("text/xml", "utf-8");
        message.Headers.Accept.ParseAdd("text/xml");
        message.Headers.UserAgent.ParseAdd("HybridCalendar");
        if ((Affinity?.Anchor ?? Impersonated) is { } anchor)
        {
            message.Headers.TryAddWithoutValidation("X-AnchorMailbox", anchor);
        }

        if (Affinity is not null)
        {
            message.Headers.TryAddWithoutValidation("X-PreferServerAffinity", "true");
            if (Affinity.Cookie() is { } cookie)
            {
                message.Headers.TryAddWithoutValidation("Cookie", cookie);
            }
        }

        return message;
    }

    // A record would print the address, and what is printed is logged.
    public override string ToString() => Operation;
}

/// <summary>
/// Keeps the requests of one group on one server: the anchor's address, and the cookies of that server.
/// </summary>
/// <remarks>
/// Exchange sends the cookies once, with the first subscription of a group. Safe for use by several threads.
/// </remarks>
/// <remarks>Microsoft: how to maintain affinity between group of subscriptions and mailbox server.</remarks>
internal sealed class Affinity
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, string> cookies = new(StringComparer.Ordinal);

    private string? anchor;

    /// <summary>
    /// The account to which the group's subscriptions belong, and nobody else may ask for; null for any.
    /// </summary>
    internal Account? Account { get; set; }

    /// <summary>
    /// SMTP address of the mailbox whose server is meant; null while each mailbox is led to its own.
    /// </summary>
    internal string? Anchor
    {
        get
        {
            lock (gate)
            {
                return anchor;
            }
        }

        set
        {
            lock (gate)
            {
                anchor = value;
            }
        }
    }

    /// <summary>The value of the Cookie header; null when there is none.</summary>
    internal string? Cookie()
    {
        lock (gate)
        {
            var pairs = cookies.Select(cookie => $"{cookie.Key}={cookie.Value}");
            return cookies.Count == 0 ? null : string.Join("; ", pairs);
        }
    }

    /// <summary>
    /// Keeps what a Set-Cookie header says (RFC 6265); its attributes do not matter for one server and path.
    /// </summary>
    internal void Keep(string setCookie)
    {
        var pair = setCookie.Split(';')[0].Split('=', 2, StringSplitOptions.TrimEntries);
        if (pair is not [{ Length: > 0 } name, var value] || name.Length + value.Length > Bounds.CookieChars)
        {
            return;
        }

        lock (gate)
        {
            if (cookies.ContainsKey(name) || cookies.Count < Bounds.CookiesPerGroup)
            {
                cookies[name] = value;
            }
        }
    }

    /// <summary>The server is not the right one any more: neither cookie nor anchor is kept.</summary>
    internal void Forget()
    {
        lock (gate)
        {
            anchor = null;
            cookies.Clear();
        }
    }
}
