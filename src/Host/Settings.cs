using System.Diagnostics.CodeAnalysis;
using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Domain.Joining.Providers;
using HybridCalendar.Domain.Meetings;
using NodaTime;

namespace HybridCalendar.Host;

/// <summary>
/// Every setting of the service, read once at start.
/// Names are those of the configuration, ':' written as '__' in the environment.
/// </summary>
public sealed record Settings
{
    /// <summary>
    /// Where the events are: <c>ConnectionStrings:Calendar</c>, an Npgsql connection string.
    /// </summary>
    public required string Database { get; init; }

    /// <summary>The file of the key-encryption key: <c>Keys:File</c>. Made on first start.</summary>
    public required string KeyFile { get; init; }

    /// <summary>
    /// The file that lists the mailboxes to watch: <c>Exchange:Mailboxes</c>.
    /// A line each, in the form of <see cref="Watch.MailboxFile"/>.
    /// </summary>
    public required string MailboxFile { get; init; }

    /// <summary>
    /// Exchange's address, or none for Autodiscover, and the account that looks on behalf of the mailboxes:
    /// <c>Exchange:Url</c>, <c>Exchange:Account</c> and what else <see cref="ExchangeSignIn"/> reads.
    /// </summary>
    public required ExchangeSettings Exchange { get; init; }

    /// <summary>How long hints are gathered before a look: <c>Watch:Coalesce</c>, default 1 second.</summary>
    public Duration Coalesce { get; init; } = Duration.FromSeconds(1);

    /// <summary>
    /// How often every mailbox is looked at without a hint: <c>Watch:Sweep</c>, default 1 hour.
    /// </summary>
    public Duration Sweep { get; init; } = Duration.FromHours(1);

    /// <summary>
    /// How often every mailbox is compared with what Exchange itself shows, spread over the mailboxes:
    /// <c>Watch:Reconcile</c>, default 1 day, 10 seconds to 7 days.
    /// </summary>
    public Duration Reconcile { get; init; } = Duration.FromDays(1);

    /// <summary>
    /// How long a mailbox rests that only people can mend: <c>Watch:Rest</c>, default 30 minutes.
    /// </summary>
    public Duration Rest { get; init; } = Duration.FromMinutes(30);

    /// <summary>
    /// How often automatic replies are asked for, spread over the mailboxes:
    /// <c>Watch:AutomaticReplies</c>, default 4 minutes.
    /// </summary>
    public Duration AutomaticReplies { get; init; } = Duration.FromMinutes(4);

    /// <summary>
    /// How many mailboxes are looked at at the same time: <c>Watch:Parallel</c>, default 8, 1 to 64.
    /// </summary>
    public int Parallel { get; init; } = 8;

    /// <summary>
    /// When Join buttons of people's mailboxes are up: <c>Read:Lead</c> before the start, default 5 minutes,
    /// to <c>Read:Tail</c> after the end, default 0; both 0 to 60 minutes.
    /// </summary>
    public JoinTimes JoinTimes { get; init; } = JoinTimes.Default;

    /// <summary>
    /// The same of rooms' mailboxes: <c>Read:RoomLead</c> and <c>Read:RoomTail</c>, by default as people's.
    /// </summary>
    public JoinTimes RoomJoinTimes { get; init; } = JoinTimes.Default;

    /// <summary>
    /// The file of the key that signs heads of the record: <c>Audit:KeyFile</c>, default audit-signing-key
    /// beside the key-encryption key. Made when the first head is signed.
    /// </summary>
    [AllowNull]
    public string AuditKeyFile
    {
        get => field ?? Path.Combine(Path.GetDirectoryName(KeyFile) ?? "", "audit-signing-key");
        init;
    }

    /// <summary>
    /// A file with the public keys that signed before this one, in PEM: <c>Audit:FormerKeys</c>, default
    /// none.
    /// </summary>
    public string? FormerKeysFile { get; init; }

    /// <summary>
    /// How soon after a new event a head is signed that covers it: <c>Audit:Head</c>, default 5 minutes.
    /// </summary>
    public Duration AuditHead { get; init; } = Duration.FromMinutes(5);

    /// <summary>
    /// Whose meetings look like what: the table that the service brings, and before it the organization's own
    /// of the file <c>Joining:Providers</c>, where that is set.
    /// </summary>
    public ProviderTable Providers { get; init; } = ProviderTable.Default;

    /// <summary>Reads and checks the settings.</summary>
    /// <exception cref="SettingsException">One or more are missing or wrong;
    /// the message names each and says what to do.</exception>
    public static Settings Read(IConfiguration configuration)
    {
        var reader = new SettingsReader(configuration);
        var rest = reader.Span(
            "Watch:Rest", Duration.FromMinutes(30), Duration.FromSeconds(1), Duration.FromDays(1));
        var times = reader.JoinTimes("Read:Lead", "Read:Tail", JoinTimes.Default);
        var settings = new Settings
        {
            Database = reader.Text(
                "ConnectionStrings:Calendar",
                "a PostgreSQL connection string; db/cluster url prints the private one's"),
            KeyFile = reader.Text("Keys:File", "a path; the file is made on first start"),
            MailboxFile = reader.File(
                "Exchange:Mailboxes", "a file with a line 'address,user' or 'address,room' for each mailbox"),
            Exchange = Resting(reader.Exchange(), rest.ToTimeSpan()),
            Coalesce = reader.Span(
                "Watch:Coalesce", Duration.FromSeconds(1), Duration.Zero, Duration.FromMinutes(1)),
            Sweep = reader.Span(
                "Watch:Sweep", Duration.FromHours(1), Duration.FromSeconds(1), Duration.FromDays(1)),
            Reconcile = reader.Span(
                "Watch:Reconcile", Duration.FromDays(1), Duration.FromSeconds(10), Duration.FromDays(7)),
            Rest = rest,
            AutomaticReplies = reader.Span(
                "Watch:AutomaticReplies",
                Duration.FromMinutes(4),
                Duration.FromSeconds(1),
                Duration.FromDays(1)),
            Parallel = reader.Number("Watch:Parallel", 8, 1, 64),
            AuditKeyFile = reader.Optional("Audit:KeyFile"),
            FormerKeysFile = reader.OptionalFile(
                "Audit:FormerKeys", "a PEM file with public keys, as audit key --out writes them"),
            AuditHead = reader.Span(
                "Audit:Head", Duration.FromMinutes(5), Duration.FromSeconds(1), Duration.FromDays(1)),
            JoinTimes = times,
            RoomJoinTimes = reader.JoinTimes("Read:RoomLead", "Read:RoomTail", times),
            Providers = reader.Providers("Joining:Providers"),
        };
        reader.ThrowIfWrong();
        return settings;
    }

    // A mailbox that is being moved does not rest longer than one that only people can mend.
    private static ExchangeSettings Resting(ExchangeSettings exchange, TimeSpan rest) => exchange with
    {
        ParkedPause = rest,
        MovePause = rest < exchange.MovePause ? rest : exchange.MovePause,
    };
}
