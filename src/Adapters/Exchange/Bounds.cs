namespace HybridCalendar.Adapters.Exchange;

/// <summary>Every number that bounds what is asked of Exchange, and what is taken from it.</summary>
/// <remarks>What an installation or a test may want to change is in <see cref="ExchangeSettings"/>.</remarks>
public static class Bounds
{
    /// <summary>Mailboxes that share one streaming connection, as Exchange allows at most.</summary>
    public const int MailboxesPerStream = 200;

    /// <summary>Streams that Exchange 2016 and newer keep open for an account by default.</summary>
    public const int HangingConnections = 10;

    /// <summary>The same for Exchange 2013.</summary>
    public const int HangingConnectionsOf2013 = 3;

    /// <summary>Addresses of servers of which is remembered what they speak.</summary>
    public const int Servers = 256;

    /// <summary>How often a call is made again whose refusal may be without reason.</summary>
    public const int SporadicRepeats = 2;

    /// <summary>How much of a reply that is no SOAP is searched for what it says.</summary>
    public const int ForeignBytes = 64 * 1024;

    /// <summary>How long Exchange keeps a stream open at most, in minutes.</summary>
    public const int StreamMinutes = 30;

    /// <summary>
    /// Changes in one page; Exchange allows 512. As many as one batch holds, so that a page is read, and
    /// stored, within the time and the memory that one look may take.
    /// </summary>
    public const int ChangesPerPage = 25;

    /// <summary>Occurrences that are read of one series; who has more of them is unreadable.</summary>
    public const int ExceptionsPerSeries = 500;

    /// <summary>
    /// Times of different rules in the definition of one time zone; Windows has about 100 for Morocco.
    /// </summary>
    public const int ErasPerZone = 200;

    /// <summary>Changes of clocks in a year in such a definition; Windows knows two.</summary>
    public const int TransitionsPerYear = 12;

    /// <summary>
    /// Offsets in such a definition, each of which is looked for; Windows has two for each change of rules.
    /// </summary>
    public const int PeriodsPerZone = 400;

    /// <summary>Items asked for in one request.</summary>
    public const int ItemsPerBatch = 25;

    /// <summary>Items in a row for which the connection breaks before no more are asked for.</summary>
    public const int BrokenInARow = 3;

    /// <summary>Entries of one calendar view; Exchange answers an error above 1000.</summary>
    public const int EntriesPerView = 1000;

    /// <summary>Items of one index page; Exchange gives 1000 at most, and fewer under pressure.</summary>
    public const int ItemsPerPage = 250;

    /// <summary>Requests for the pages of one listing before it is given up.</summary>
    public const int RequestsPerListing = 200;

    /// <summary>Looks at a meeting that others keep changing while it is to be edited.</summary>
    public const int LooksPerEdit = 3;

    /// <summary>Mailboxes in one question for free and busy times, as Exchange allows at most.</summary>
    public const int MailboxesPerFreeBusy = 100;

    /// <summary>Shortest step of free and busy times that Exchange knows, in minutes.</summary>
    public const int ShortestFreeBusyMinutes = 5;

    /// <summary>Longest such step, in minutes.</summary>
    public const int LongestFreeBusyMinutes = 1440;

    /// <summary>Steps of free and busy times that are asked for at once: a year of quarter hours.</summary>
    public const int FreeBusySteps = 35136;

    /// <summary>Length of a reply. A longer one is refused, whatever it says.</summary>
    public const int ReplyBytes = 32 * 1024 * 1024;

    /// <summary>Length of one envelope in a stream of notifications; they hold ids only.</summary>
    public const int EnvelopeBytes = 1024 * 1024;

    /// <summary>How much is read from a connection at once.</summary>
    public const int ChunkBytes = 16 * 1024;

    /// <summary>Depth of elements in a reply; Exchange needs about 15.</summary>
    public const int DepthElements = 64;

    /// <summary>Length of an invitation's text that Exchange is asked for; it cuts what is longer.</summary>
    public const int BodyBytes = 256 * 1024;

    /// <summary>Length of a response code; Exchange's longest has about 60.</summary>
    public const int CodeChars = 100;

    /// <summary>Cookies kept for a group of streamed mailboxes; Exchange sets one to three.</summary>
    public const int CookiesPerGroup = 16;

    /// <summary>Length of one cookie.</summary>
    public const int CookieChars = 4096;

    /// <summary>
    /// Subscriptions that fail with their connection in one round before the rest is left for the next one.
    /// </summary>
    public const int FailuresPerRound = 4;

    /// <summary>Shortest time for which Exchange keeps a stream open, in minutes.</summary>
    public const int ShortestStreamMinutes = 1;

    /// <summary>
    /// Connections in a row that fail before their subscriptions are given up and made anew.
    /// </summary>
    public const int FailuresPerSubscription = 3;

    /// <summary>The same when the server has too much to do: new subscriptions would be more.</summary>
    public const int OverloadsPerSubscription = 10;

    /// <summary>Doublings of the pause between connections, so that the number stays small.</summary>
    public const int PauseDoublings = 16;

    /// <summary>Mailboxes asked for in one request of Autodiscover.</summary>
    public const int MailboxesPerQuestion = 100;

    /// <summary>Mailboxes that are searched together before the next ones have their turn.</summary>
    public const int MailboxesPerSearch = 400;

    /// <summary>Requests of Autodiscover under way at once.</summary>
    public const int QuestionsAtOnce = 4;

    /// <summary>Redirects that are followed for one mailbox.</summary>
    public const int Redirects = 10;

    /// <summary>
    /// Hosts that may refuse the account in one search: a directory locks it after a few refusals.
    /// </summary>
    public const int RefusalsPerSearch = 3;

    /// <summary>Hosts that are tried of those that DNS names for a domain.</summary>
    public const int ServiceRecords = 4;

    /// <summary>Length of a reply of Autodiscover; the settings of a mailbox are about one KiB.</summary>
    public const int DiscoveryBytes = 1024 * 1024;

    /// <summary>Length of an SMTP address (RFC 5321, 4.5.3.1: 64 + 1 + 255).</summary>
    public const int AddressChars = 320;

    /// <summary>Length of a property that says how to join; a longer one is not looked at.</summary>
    public const int OnlineMeetingChars = 16 * 1024;

    /// <summary>Length of the word that groups mailboxes; Exchange's have about 20.</summary>
    public const int GroupingChars = 256;
}
