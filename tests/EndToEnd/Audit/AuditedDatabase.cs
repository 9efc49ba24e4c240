using System.Security.Cryptography;
using System.Text;
using HybridCalendar.Domain.Audit;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.EndToEnd.Service;
using HybridCalendar.Host;
using HybridCalendar.Host.Audit;
using HybridCalendar.Host.Health;
using HybridCalendar.Projections;
using Marten;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Npgsql;

namespace HybridCalendar.EndToEnd.Audit;

/// <summary>
/// A real database with events that the real notary hashed and signed, to be tampered with by SQL.
/// </summary>
internal sealed class AuditedDatabase : IAsyncDisposable
{
    private const int Streams = 4;
    private const int EventsPerRound = 12;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly ECDsa key;
    private readonly DocumentStore store;

    private AuditedDatabase(TestDatabase database, ECDsa key)
    {
        Database = database;
        this.key = key;
        // Whoever copies the database ends all connections to it: none is kept for later.
        var connection = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false };
        store = DocumentStore.For(options =>
        {
            options.Connection(connection.ConnectionString);
            options.AddCalendar();
        });
        Log = new AuditLog(store);
    }

    public TestDatabase Database { get; }

    public AuditLog Log { get; }

    public string PublicKey => Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());

    /// <summary>Events in some streams, with gaps, and a head after each dozen.</summary>
    public static async Task<AuditedDatabase> Create(int rounds)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var audited = new AuditedDatabase(await TestDatabase.Create(), key);
        for (var round = 0; round < rounds; round++)
        {
            await audited.Record();
            await audited.Notarize();
        }

        return audited;
    }

    /// <summary>A copy that a test may spoil.</summary>
    public async Task<AuditedDatabase> Copy() =>
        new(await Database.Copy(), ECDsa.Create(key.ExportParameters(includePrivateParameters: true)));

    /// <summary>Records a dozen events, all different, after a number that nobody got.</summary>
    public async Task Record()
    {
        await Database.Execute("select nextval('calendar.mt_events_sequence')");
        await using var session = store.LightweightSession();
        foreach (var number in Enumerable.Range(0, EventsPerRound))
        {
            var mailbox = new MailboxId(new Guid(1 + (number % Streams), 0, 0, new byte[8]));
            session.Events.Append(mailbox.Value, new MailboxFailed($"code {number} of “Zürich”\n")
            {
                Mailbox = mailbox,
                At = SystemClock.Instance.GetCurrentInstant(),
            });
            await session.SaveChangesAsync();
        }
    }

    /// <summary>Appends an event in vain, and waits until Marten has put a tombstone in its place.</summary>
    public async Task FailToRecord()
    {
        const string Tombstones = "select count(*) from calendar.mt_events where type = 'tombstone'";
        var before = await Database.Query<long>(Tombstones);
        await using var session = store.LightweightSession();
        session.Events.Append(new Guid(1, 0, 0, new byte[8]), new MailboxFailed("never recorded")
        {
            Mailbox = new MailboxId(new Guid(1, 0, 0, new byte[8])),
            At = SystemClock.Instance.GetCurrentInstant(),
        });
        session.QueueSqlCommand("select 1 / 0");
        await Should.ThrowAsync<Exception>(() => session.SaveChangesAsync());
        await Deadline.Wait(
            async () => await Database.Query<long>(Tombstones) > before ? null : "there is no tombstone",
            Limit);
    }

    /// <summary>Has the notary hash and sign all there is, with a mark as Marten's daemon sets it.</summary>
    /// <param name="another">The key that signs, in place of the usual one.</param>
    /// <param name="formerKeys">A file with keys that signed before.</param>
    /// <param name="clock">The notary's.</param>
    /// <param name="meanwhile">What happens while the notary is still at work.</param>
    public async Task Notarize(
        ECDsa? another = null,
        string? formerKeys = null,
        TimeProvider? clock = null,
        Func<Notary, Task>? meanwhile = null)
    {
        var newest = await Settle();
        using var notary = Make(another ?? key, formerKeys, clock);
        await notary.StartAsync(TestContext.Current.CancellationToken);
        await Deadline.Wait(
            async () => (await NewestHead())?.Position == newest
                ? null
                : $"there is no head of {newest}; {notary.Trouble}",
            Limit);
        await (meanwhile?.Invoke(notary) ?? Task.CompletedTask);
        await notary.StopAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Why a notary with another key does not sign.</summary>
    public async Task<string> TroubleOfNotary(ECDsa another)
    {
        await Settle();
        using var notary = Make(another);
        await notary.StartAsync(TestContext.Current.CancellationToken);
        var trouble = await TroubleOf(notary);
        await notary.StopAsync(TestContext.Current.CancellationToken);
        return trouble;
    }

    /// <summary>Why a notary at work does not sign, once it does not.</summary>
    public static async Task<string> TroubleOf(Notary notary)
    {
        var trouble = (string?)null;
        await Deadline.Wait(
            () => Task.FromResult((trouble = notary.Trouble) is null ? "it signs" : null), Limit);
        return trouble!;
    }

    /// <summary>What operators are told at an instant of a notary that does nothing.</summary>
    public async Task<HealthCheckResult> Health(TimeProvider clock)
    {
        using var idle = Make(key);
        return await new AuditHealth(idle, Log, Settings(), clock).CheckHealthAsync(
            new HealthCheckContext(), TestContext.Current.CancellationToken);
    }

    public async Task<SignedHead?> NewestHead() =>
        (await Log.NewestHeads(long.MaxValue, 1, TestContext.Current.CancellationToken)).FirstOrDefault();

    public Task<Verdict> Verify(params SignedHead[] yours) => Verify([PublicKey], yours);

    public Task<Verdict> Verify(HashSet<string> keys, params SignedHead[] yours) =>
        new AuditVerification(Log).Run(keys, yours, _ => { }, TestContext.Current.CancellationToken);

    public async Task<string> Export(long after, long? until)
    {
        using var output = new MemoryStream();
        await new EventExport(Log).Write(output, after, until, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    /// <summary>The hash that an event would have, by whoever knows how it is made.</summary>
    public async Task<Hash> HashOf(long position, string data)
    {
        async Task<T> Get<T>(string column) => await Database.Query<T>(
            $"select {column} from calendar.mt_events where seq_id = {position}");

        var stream = await Get<Guid>("stream_id");
        var version = await Get<long>("version");
        var previous = await Database.Query<byte[]>(
            $"select hash from calendar.audit_leaf where stream_id = '{stream}' and version = {version - 1}");
        var e = new AuditedEvent(
            position,
            await Get<Guid>("id"),
            stream,
            version,
            await Get<string>("type"),
            Instant.FromDateTimeUtc(await Get<DateTime>("timestamp")),
            Encoding.UTF8.GetBytes(data));
        return e.HashAfter(new Hash(previous));
    }

    public async ValueTask DisposeAsync()
    {
        key.Dispose();
        await store.DisposeAsync();
        await Database.DisposeAsync();
    }

    private async Task<long> Settle()
    {
        var newest = await Database.Newest();
        await Database.Execute(
            $"""
            insert into calendar.mt_event_progression (name, last_seq_id) values ('HighWaterMark', {newest})
            on conflict (name) do update set last_seq_id = excluded.last_seq_id
            """);
        return newest;
    }

    private Notary Make(ECDsa signer, string? formerKeys = null, TimeProvider? clock = null) => new(
        Log,
        Settings() with { FormerKeysFile = formerKeys },
        new Lazy<ECDsa>(signer),
        clock ?? TimeProvider.System,
        NullLogger<Notary>.Instance);

    // A head is due as soon as anything is new.
    private Settings Settings()
    {
        var list = Path.GetTempFileName();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:Calendar"] = Database.ConnectionString,
            ["Keys:File"] = $"{list}.key",
            ["Exchange:Mailboxes"] = list,
            ["Exchange:Account"] = "nobody@lab.example",
            ["Exchange:Password"] = "none",
        });
        var settings = Host.Settings.Read(configuration.Build()) with { AuditHead = Duration.Zero };
        File.Delete(list);
        return settings;
    }
}
