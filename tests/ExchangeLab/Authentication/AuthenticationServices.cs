using System.Security.Authentication;
using HybridCalendar.ExchangeLab.Model;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace HybridCalendar.ExchangeLab.Authentication;

/// <summary>Signing in as services of the lab, and https where an address asks for it.</summary>
internal static class AuthenticationServices
{
    public static void AddAuthentication(this WebApplicationBuilder builder, TimeProvider time)
    {
        var options = builder.Configuration.GetSection("Lab").Get<AuthenticationOptions>()
            ?? new AuthenticationOptions();
        var state = new SignInState(options);
        var certificates = new LabCertificates(options, state, time);
        var tls = Protocols(options.Tls);
        builder.Services
            .AddSingleton(options)
            .AddSingleton(state)
            .AddSingleton(_ => certificates)
            .AddSingleton<ServiceAccounts>()
            .AddSingleton<Tokens>()
            .AddSingleton<SignInStatistics>()
            .AddSingleton<SignIn>();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            // Handshakes belong to connections, so there is no version of HTTP that shares them.
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http1);
            kestrel.ConfigureHttpsDefaults(https =>
            {
                https.ServerCertificateSelector = (_, _) => certificates.Current;
                https.SslProtocols = tls;
            });
        });
    }

#pragma warning disable SYSLIB0039 // TLS 1.1 is offered so that clients can be seen to refuse it.
    private static SslProtocols Protocols(string newest) => newest switch
    {
        "1.1" => SslProtocols.Tls11,
        "1.2" => SslProtocols.Tls12,
        "1.3" => SslProtocols.Tls12 | SslProtocols.Tls13,
        _ => throw new LabRefusal($"Lab:Tls is \"{newest}\": give 1.1, 1.2 or 1.3."),
    };
#pragma warning restore SYSLIB0039
}
