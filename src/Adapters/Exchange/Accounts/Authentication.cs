namespace HybridCalendar.Adapters.Exchange.Accounts;

/// <summary>How a service account proves itself to Exchange.</summary>
public enum Authentication
{
    /// <summary>Name and password with every request (RFC 7617).</summary>
    Basic,

    /// <summary>
    /// A handshake for each connection that proves the password without sending it (MS-NLMP).
    /// </summary>
    Ntlm,

    /// <summary>Kerberos where there is a ticket, NTLM otherwise (RFC 4559).</summary>
    Negotiate,

    /// <summary>
    /// A token that an application gets with a secret or a certificate (RFC 6749 section 4.4): Exchange
    /// Online, and Exchange Server with hybrid modern authentication.
    /// </summary>
    OAuth,
}
