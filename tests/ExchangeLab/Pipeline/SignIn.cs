using HybridCalendar.ExchangeLab.Control;

namespace HybridCalendar.ExchangeLab.Pipeline;

/// <summary>Finds out who asks.</summary>
internal sealed class SignIn(LabOptions options, Faults faults)
{
    /// <summary>Who asks; null when the request has been answered with a refusal.</summary>
    public ValueTask<Caller?> Identify(HttpContext http, CancellationToken stopping)
    {
        stopping.ThrowIfCancellationRequested();
        if (!faults.Settings.RefuseLogon
            && BasicAuthentication.IsAccount(http.Request.Headers.Authorization, options))
        {
            return ValueTask.FromResult<Caller?>(new Caller(options.Account));
        }

        http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        http.Response.Headers.WWWAuthenticate = BasicAuthentication.Challenge;
        return ValueTask.FromResult<Caller?>(null);
    }
}
