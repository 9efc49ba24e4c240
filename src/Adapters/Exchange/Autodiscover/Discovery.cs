namespace HybridCalendar.Adapters.Exchange.Autodiscover;

/// <summary>
/// Why a mailbox was not found. Of several endpoints that failed the last one in this order is told.
/// </summary>
public enum DiscoveryRefusal
{
    /// <summary>The address has no domain that could be asked.</summary>
    NotAnAddress,

    /// <summary>No host of the domain knows Autodiscover.</summary>
    NothingThere,

    /// <summary>A host does not answer, or its certificate is not trusted.</summary>
    Unreachable,

    /// <summary>A host answers what cannot be understood.</summary>
    Malformed,

    /// <summary>Exchange says that something is wrong with it.</summary>
    ServerFailed,

    /// <summary>Exchange has no time.</summary>
    Busy,

    /// <summary>Account or password were not taken.</summary>
    SignInRefused,

    /// <summary>More redirects than are followed.</summary>
    TooManyRedirects,

    /// <summary>
    /// A redirect, or a name record, leads to a host that is neither of the mailbox's domain nor allowed by
    /// <see cref="ExchangeSettings.AutodiscoverHosts"/>, or not over https.
    /// </summary>
    RedirectNotAllowed,

    /// <summary>The address that was found for the mailbox would send the password in the clear.</summary>
    UnsafeAddress,

    /// <summary>Exchange knows the mailbox, and offers no Exchange Web Services for it.</summary>
    NoService,

    /// <summary>Exchange does not know the mailbox.</summary>
    UnknownMailbox,
}

/// <summary>What became of the search for a mailbox. Exactly one of the nested cases.</summary>
public abstract record Discovery
{
    private Discovery() { }

    /// <param name="ServerVersion">
    /// Exchange's build, e.g. 15.02.1118.000 (CasVersion); null if unsaid.
    /// </param>
    /// <param name="Schemas">
    /// Versions of the protocol that it speaks (EwsSupportedSchemas); null if unsaid.
    /// </param>
    public sealed record Located(
        MailboxLocation Location, string? ServerVersion = null, string? Schemas = null) : Discovery;

    /// <param name="Host">The host concerned, for the operator: not sensitive; null where it is many.</param>
    public sealed record Refused(DiscoveryRefusal Reason, string? Host = null) : Discovery
    {
        /// <summary>The reason as a code, e.g. autodiscover-unknown-mailbox.</summary>
        public string Code => Reason switch
        {
            DiscoveryRefusal.NotAnAddress => "autodiscover-not-an-address",
            DiscoveryRefusal.NothingThere => "autodiscover-nothing-there",
            DiscoveryRefusal.Unreachable => "autodiscover-unreachable",
            DiscoveryRefusal.Malformed => "autodiscover-malformed-reply",
            DiscoveryRefusal.ServerFailed => "autodiscover-server-failed",
            DiscoveryRefusal.Busy => "autodiscover-busy",
            DiscoveryRefusal.SignInRefused => "autodiscover-sign-in-refused",
            DiscoveryRefusal.TooManyRedirects => "autodiscover-too-many-redirects",
            DiscoveryRefusal.RedirectNotAllowed => "autodiscover-redirect-not-allowed",
            DiscoveryRefusal.UnsafeAddress => "autodiscover-unsafe-address",
            DiscoveryRefusal.NoService => "autodiscover-no-service",
            DiscoveryRefusal.UnknownMailbox => "autodiscover-unknown-mailbox",
            _ => throw new System.Diagnostics.UnreachableException($"{Reason} has no code"),
        };

        /// <summary>It says something about the mailbox, and not about the way to Exchange.</summary>
        internal bool IsFinal =>
            Reason is DiscoveryRefusal.UnknownMailbox or DiscoveryRefusal.NoService;
    }
}

/// <summary>One step of a search, for the operator. Holds no address of a mailbox.</summary>
/// <param name="Place">What was asked.</param>
/// <param name="Outcome">What came of it, in a few words.</param>
public sealed record DiscoveryStep(string Place, string Outcome);
