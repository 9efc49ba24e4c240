using System.Net.Http.Headers;
using System.Text;

namespace HybridCalendar.Adapters.Exchange.Accounts;

/// <summary>
/// How a request shows who sends it. One implementation a way: today a password, a token when needed.
/// </summary>
internal interface ICredentials
{
    /// <summary>Adds what proves the account to a request that is about to be sent.</summary>
    ValueTask Authorize(HttpRequestMessage request, CancellationToken cancellation);
}

/// <summary>Account and password with every request (RFC 7617).</summary>
internal sealed class BasicCredentials : ICredentials
{
    private readonly AuthenticationHeaderValue header;

    internal BasicCredentials(string account, string password)
    {
        var both = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{account}:{password}"));
        header = new AuthenticationHeaderValue("Basic", both);
    }

    public ValueTask Authorize(HttpRequestMessage request, CancellationToken cancellation)
    {
        request.Headers.Authorization = header;
        return ValueTask.CompletedTask;
    }
}
