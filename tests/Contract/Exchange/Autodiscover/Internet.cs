using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Adapters.Exchange.Accounts;
using HybridCalendar.Adapters.Exchange.Autodiscover;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HybridCalendar.Contract.Exchange.Autodiscover;

/// <summary>
/// Hosts with names, on this machine, over real HTTP and TLS: whoever connects to a name gets here. Those
/// that a test does not make do not exist.
/// </summary>
internal sealed class Internet : IAsyncDisposable
{
    private readonly CertificateAuthority authority = new();
    private readonly ConcurrentDictionary<string, Func<HttpContext, Task>> sites = new();
    private readonly HashSet<string> distrusted = [];
    private readonly List<IDisposable> clients = [];
    private WebApplication app = null!;
    private int plainPort;
    private int tlsPort;

    private Internet(NameServer names) => Names = names;

    internal static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Answers questions for service records.</summary>
    internal NameServer Names { get; }

    /// <summary>
    /// What was asked, in order: scheme and host, path, and "as" with the account where it was shown.
    /// </summary>
    internal ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>The hosts to which the account was shown, in order.</summary>
    internal IEnumerable<string> Shown => Asked
        .Where(line => line.Contains(" as ", StringComparison.Ordinal))
        .Select(line => line.Split('/')[2]);

    internal static async Task<Internet> Start()
    {
        var internet = new Internet(NameServer.Start());
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(tls =>
                tls.ServerCertificateSelector = (_, name) => internet.CertificateOf(name)));
        });
        internet.app = builder.Build();
        internet.app.Run(internet.Answer);
        await internet.app.StartAsync(Stop);
        var urls = internet.app.Urls.Select(url => new Uri(url));
        var ports = urls.ToDictionary(url => url.Scheme, url => url.Port);
        (internet.plainPort, internet.tlsPort) = (ports["http"], ports["https"]);
        return internet;
    }

    /// <summary>Makes a site, e.g. https://autodiscover.lab.example or one with a port.</summary>
    internal Internet On(string site, Func<HttpContext, Task> answer)
    {
        sites[site] = answer;
        return this;
    }

    internal Internet On(string site, int status, string body = "", string type = "text/xml") =>
        On(site, http => Write(http, status, body, type));

    internal Internet Redirect(string site, string target, int status = 302) => On(site, http =>
    {
        http.Response.StatusCode = status;
        http.Response.Headers.Location = target;
        return Task.CompletedTask;
    });

    /// <summary>Its certificate is nobody's whom the client trusts.</summary>
    internal Internet Distrust(string host)
    {
        distrusted.Add(host);
        return this;
    }

    internal static Task Write(HttpContext http, int status, string body, string type = "text/xml")
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = type;
        return http.Response.WriteAsync(body, Encoding.UTF8, http.RequestAborted);
    }

    internal ExchangeSettings Settings => new()
    {
        Account = "svc-calendar@lab.example",
        Password = "lab-password",
        CertificateAuthorities = authority.PemFile,
        NameServer = Names.EndPoint,
        NameTimeout = TimeSpan.FromSeconds(1),
        Connecting = handler =>
        {
            handler.UseProxy = false;
            handler.ConnectCallback = Connect;
        },
    };

    internal Discoverer Discoverer(
        Func<ExchangeSettings, ExchangeSettings>? change = null, TimeProvider? time = null)
    {
        var settings = change?.Invoke(Settings) ?? Settings;
        var accounts = new ServiceAccounts(settings, time ?? TimeProvider.System);
        clients.Add(accounts);
        return new Discoverer(accounts, settings, time ?? TimeProvider.System);
    }

    internal EwsCalendars Calendars(
        Func<ExchangeSettings, ExchangeSettings>? change = null, TimeProvider? time = null)
    {
        var calendars = new EwsCalendars(change?.Invoke(Settings) ?? Settings, time);
        clients.Add(calendars);
        return calendars;
    }

    /// <summary>What becomes of a search for one mailbox by somebody who knows nothing yet.</summary>
    internal async Task<Discovery> Find(
        string address = "anna.brandt@lab.example", Func<ExchangeSettings, ExchangeSettings>? change = null)
    {
        var found = await Discoverer(change).Find([address], null, Stop);
        return found[address];
    }

    public async ValueTask DisposeAsync()
    {
        clients.ForEach(client => client.Dispose());
        await app.DisposeAsync();
        await Names.DisposeAsync();
        authority.Dispose();
    }

    private System.Security.Cryptography.X509Certificates.X509Certificate2 CertificateOf(string? host) =>
        authority.Of(distrusted.Contains(host ?? "") ? "somebody-else.example" : host ?? "nobody.example");

    private async ValueTask<Stream> Connect(
        SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var scheme = context.InitialRequestMessage.RequestUri!.Scheme;
        if (!sites.ContainsKey(new UriBuilder(scheme, host, port).Uri.GetLeftPart(UriPartial.Authority)))
        {
            throw new SocketException((int)(sites.Keys.Any(site => new Uri(site).Host == host)
                ? SocketError.ConnectionRefused
                : SocketError.HostNotFound));
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(
            IPAddress.Loopback, scheme == Uri.UriSchemeHttp ? plainPort : tlsPort, cancellation);
        return new NetworkStream(socket, ownsSocket: true);
    }

    private Task Answer(HttpContext http)
    {
        var site = $"{http.Request.Scheme}://{http.Request.Host}";
        var account = http.Request.Headers.Authorization.Count > 0 ? " as account" : "";
        Asked.Enqueue($"{site}{http.Request.Path}{account}");
        return sites[site](http);
    }
}
