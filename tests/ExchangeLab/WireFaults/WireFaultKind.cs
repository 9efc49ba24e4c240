namespace HybridCalendar.ExchangeLab.WireFaults;

/// <summary>What happens to a request instead of, or on the way to, its answer.</summary>
public enum WireFaultKind
{
    /// <summary>HTTP 400 with HTML.</summary>
    BadRequest,

    /// <summary>HTTP 403 with HTML: EWS is switched off for the mailbox or the tenant.</summary>
    Forbidden,

    /// <summary>HTTP 302 to /ews/genericerrorpage.htm: trouble of the server that passes.</summary>
    ErrorPage,

    /// <summary>HTTP 302 to a login page.</summary>
    LoginPage,

    /// <summary>HTTP 302 to the fault's location.</summary>
    Redirect,

    /// <summary>HTTP 404 with HTML.</summary>
    NotFound,

    /// <summary>HTTP 405 with HTML.</summary>
    MethodNotAllowed,

    /// <summary>HTTP 413 with HTML.</summary>
    TooLarge,

    /// <summary>HTTP 429.</summary>
    TooManyRequests,

    /// <summary>HTTP 500 with the HTML page of the web framework.</summary>
    ServerError,

    /// <summary>HTTP 502 with HTML.</summary>
    BadGateway,

    /// <summary>HTTP 503 with HTML.</summary>
    Unavailable,

    /// <summary>HTTP 504 with HTML.</summary>
    GatewayTimeout,

    /// <summary>The connection breaks before the first byte of the answer.</summary>
    Reset,

    /// <summary>The connection breaks in the middle of the answer's body.</summary>
    ResetInBody,

    /// <summary>The HTTP answer is whole, but its XML ends in the middle.</summary>
    Truncated,

    /// <summary>The answer comes late.</summary>
    Delay,

    /// <summary>A SOAP fault with the fault's code.</summary>
    Fault,

    /// <summary>Response messages of class Error with the fault's code.</summary>
    Error,
}
