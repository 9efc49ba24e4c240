using HybridCalendar.ExchangeLab.Model;

namespace HybridCalendar.ExchangeLab.Streaming;

/// <summary>
/// The two virtual servers behind the one address: each has subscriptions and streams of its own; the
/// mailboxes are the same on both.
/// </summary>
internal sealed class BackEnds(Organization organization)
{
    public const string CookieName = "X-BackEndOverrideCookie";
    public const int First = 1;
    public const int Last = 2;

    private const string AnchorHeader = "X-AnchorMailbox";
    private const string AffinityHeader = "X-PreferServerAffinity";
    private const char CookieSeparator = '~';
    private readonly Lock _gate = new();
    private readonly HashSet<int> _dead = [];

    /// <summary>The name that a back end has in cookies, headers and subscription ids.</summary>
    public static string NameOf(int backEnd) => backEnd == First ? "mbx01.lab.example" : "mbx02.lab.example";

    /// <summary>The cookie that ties a client to a back end.</summary>
    public static string CookieOf(int backEnd) => $"{CookieName}={NameOf(backEnd)}{CookieSeparator}{backEnd}";

    /// <summary>The back end that a client asks for by its cookie; null when it asks for none.</summary>
    public static int? NamedBy(HttpRequest request)
    {
        if (!PrefersAffinity(request) || !request.Cookies.TryGetValue(CookieName, out var cookie))
        {
            return null;
        }

        var name = cookie.Split(CookieSeparator)[0];
        return name == NameOf(First) ? First : name == NameOf(Last) ? Last : null;
    }

    /// <summary>The mailbox by which a request is routed; "" when it names none.</summary>
    public static string AnchorOf(HttpRequest request) => request.Headers[AnchorHeader].ToString().Trim();

    public static bool PrefersAffinity(HttpRequest request) => string.Equals(
        request.Headers[AffinityHeader], "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Ties a client that wants it to the back end of its first subscription.</summary>
    public static void Tie(HttpContext http, int backEnd)
    {
        if (PrefersAffinity(http.Request) && NamedBy(http.Request) is null)
        {
            http.Response.Headers.SetCookie = CookieOf(backEnd) + "; path=/; HttpOnly";
        }
    }

    public static int Check(int backEnd) => backEnd is First or Last ? backEnd : throw new LabRefusal(
        $"There is no back end {backEnd}: give 1 or 2.")
        {
            IsMissing = true,
        };

    /// <summary>
    /// The back end that answers: the cookie's, or a living one by the anchor mailbox (the first for
    /// requests without an anchor); null when there is none alive.
    /// </summary>
    public int? Route(HttpRequest request)
    {
        var wanted = NamedBy(request) ?? HomeOf(AnchorOf(request));
        var other = First + Last - wanted;
        lock (_gate)
        {
            return !_dead.Contains(wanted) ? wanted
                : NamedBy(request) is null && !_dead.Contains(other) ? other
                : null;
        }
    }

    public void Die(int backEnd)
    {
        lock (_gate)
        {
            _dead.Add(backEnd);
        }
    }

    public void Revive(int backEnd)
    {
        lock (_gate)
        {
            _dead.Remove(backEnd);
        }
    }

    private int HomeOf(string anchor) => anchor.Length == 0 ? First
        : organization.FindMailbox(anchor)?.Site.BackEnd
            ?? First + (int)(Derived.Number(organization.Seed, "anchor/" + anchor.ToLowerInvariant()) % Last);
}
