using System.Net;
using HybridCalendar.Adapters.Exchange.Accounts;

namespace HybridCalendar.Adapters.Exchange;

/// <summary>Where Exchange is, who we are there, and how long we wait.</summary>
public sealed record ExchangeSettings
{
    /// <summary>
    /// Address of the service for all mailboxes, e.g. https://mail.example.org/EWS/Exchange.asmx; null to
    /// find each mailbox's by Autodiscover.
    /// </summary>
    public Uri? Url { get; init; }

    /// <summary>
    /// Hosts outside of a mailbox's domain to which Autodiscover may lead: the account is shown to them.
    /// *.example.net stands for all below example.net.
    /// </summary>
    public IReadOnlyList<string> AutodiscoverHosts { get; init; } = [];

    /// <summary>Longest time for one question of Autodiscover, its reply included.</summary>
    public TimeSpan AutodiscoverTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest time for a question to DNS, which is asked at most twice.</summary>
    public TimeSpan NameTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long the place of a mailbox is not asked for again; up to half less, so that not all are asked
    /// for at once.
    /// </summary>
    public TimeSpan LocationLife { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The same after an error that puts it in doubt.</summary>
    public TimeSpan DoubtedLocationLife { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How long a mailbox that was not found is not searched again; doubles with each failure in a row, up
    /// to <see cref="DoubtedLocationLife"/>.
    /// </summary>
    public TimeSpan FirstSearchPause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The name server that is asked for service records; null for the computer's own.</summary>
    internal IPEndPoint? NameServer { get; init; }

    /// <summary>What is done to the connections of the account before they are used.</summary>
    internal Action<SocketsHttpHandler>? Connecting { get; init; }

    /// <summary>How the service account proves itself.</summary>
    public Authentication Authentication { get; init; } = Authentication.Basic;

    /// <summary>
    /// Service account, as Exchange expects it: name@domain or DOMAIN\name. May impersonate all mailboxes.
    /// Empty with OAuth; with Negotiate, empty takes the Kerberos ticket of this process.
    /// </summary>
    public string Account { get; init; } = "";

    /// <summary>Password of the service account.</summary>
    public string Password { get; init; } = "";

    /// <summary>
    /// The account that takes over when the first one is refused, so that passwords can be changed; null for
    /// none. The first one takes over again when this one is refused.
    /// </summary>
    public string? SecondAccount { get; init; }

    /// <summary>Password of the second account.</summary>
    public string? SecondPassword { get; init; }

    /// <summary>The application that takes the account's place with OAuth; null otherwise.</summary>
    public OAuthSettings? OAuth { get; init; }

    /// <summary>The application, or another secret of it, that takes over; null for none.</summary>
    public OAuthSettings? SecondOAuth { get; init; }

    /// <summary>
    /// A PEM file of certificate authorities that are trusted beside those of the system; null for none.
    /// </summary>
    public string? CertificateAuthorities { get; init; }

    /// <summary>Whether to ask, for each new connection, if the server's certificate was revoked.</summary>
    public bool CheckRevocation { get; init; }

    /// <summary>
    /// How long an account that was refused is left alone while the other one serves, before one call tells
    /// whether it is taken again.
    /// </summary>
    public TimeSpan RefusedAccountPause { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Longest time for a whole call, its reply included.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>The same for one item alone, after many together were not given.</summary>
    public TimeSpan ItemTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Longest time to open a connection to the server.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Calls under way at once for the account, streams not counted; Exchange allows 27 by default.
    /// </summary>
    public int CallsAtOnce { get; init; } = 10;

    /// <summary>The same for each mailbox.</summary>
    public int CallsPerMailbox { get; init; } = 3;

    /// <summary>
    /// Streams open at once for the account on one server; null for what its version allows unless an
    /// administrator set it otherwise: 3 for Exchange 2013, 10 for newer ones (HangingConnectionLimit).
    /// </summary>
    public int? HangingConnections { get; init; }

    /// <summary>The newest dialect that is spoken, even to servers that know newer ones.</summary>
    public Dialect Dialect { get; init; } = Dialect.Exchange2016;

    /// <summary>
    /// Pause before a call is made again whose refusal servers give now and then without reason; longer each
    /// time.
    /// </summary>
    public TimeSpan SporadicPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Subscriptions being made at once in a group.</summary>
    public int SubscriptionsAtOnce { get; init; } = 4;

    /// <summary>
    /// How long nothing is sent after the server said that it is busy, but not for how long.
    /// </summary>
    public TimeSpan DefaultBackOff { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Longest back-off taken from the server's word. Exchange asks for minutes; only what is absurd is cut.
    /// </summary>
    public TimeSpan LongestBackOff { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How long nothing is sent after account or password were refused; doubles with each refusal in a row.
    /// </summary>
    public TimeSpan FirstSignInPause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Longest such time.</summary>
    public TimeSpan LongestSignInPause { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Longest window of free and busy times in one question, in days: 42 by the documentation, 62 on newer
    /// servers.
    /// </summary>
    public int FreeBusyDays { get; init; } = 42;

    /// <summary>How long the server is asked to keep a stream open, in minutes, 1 to 30.</summary>
    public int StreamMinutes { get; init; } = 29;

    /// <summary>
    /// The same while some mailboxes of the group could not be subscribed: then they are tried again.
    /// </summary>
    public int IncompleteStreamMinutes { get; init; } = 10;

    /// <summary>The same while other groups wait for a stream of their own.</summary>
    public int SharedStreamMinutes { get; init; } = 5;

    /// <summary>How long a mailbox that is being moved is not subscribed.</summary>
    public TimeSpan MovePause { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a mailbox that must not be watched is not subscribed.</summary>
    public TimeSpan ParkedPause { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a stream may overrun the time that the server was asked for.</summary>
    public TimeSpan StreamGrace { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Longest time without a byte on a stream; Exchange sends a sign of life every 45 seconds.
    /// </summary>
    public TimeSpan StreamSilence { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>How long a stream has to live before a new one is opened without a pause.</summary>
    public TimeSpan StreamProven { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>First pause before a broken stream is opened again; doubles with each failure.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The same after the server refused a stream because it has too much to do.</summary>
    public TimeSpan FirstOverloadPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest such pause.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Longest time for giving back all subscriptions of a group when watching ends.</summary>
    public TimeSpan FarewellTimeout { get; init; } = TimeSpan.FromSeconds(5);

    // A record would print the account and its password.
    public override string ToString() => nameof(ExchangeSettings);

    /// <summary>Holds the settings to what is safe and complete.</summary>
    /// <exception cref="ArgumentException">
    /// The address would send a secret in the clear, or what is needed to sign in is missing or
    /// contradictory.
    /// </exception>
    internal void Check() => SettingsRules.Check(this);
}
