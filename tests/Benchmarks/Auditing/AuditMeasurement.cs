using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Benchmarks.Rebuild;
using HybridCalendar.Host;
using HybridCalendar.Host.Audit;
using HybridCalendar.Projections;
using Marten;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Npgsql;

namespace HybridCalendar.Benchmarks.Auditing;

/// <summary>
/// How fast a record is hashed and signed, verified and exported, against the floor, which only reads the
/// same rows.
/// </summary>
internal sealed class AuditMeasurement : IMeasurement
{
    private const int EventsUsual = 200_000;
    private const int EventsQuick = 10_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public string Name => "audit";

    public string Question => "a record that is hashed and signed, verified, exported: at what rate?";

    public async Task Run(Arguments arguments, CancellationToken cancellation)
    {
        var events = arguments.Events ?? (arguments.Quick ? EventsQuick : EventsUsual);
        await using var server = await Server.Start(cancellation);
        await using var database = await OwnDatabase.Create(server.Connection, cancellation);
        Console.WriteLine(await Machine.Describe(database, cancellation));
        using var store = DocumentStore.For(options =>
        {
            options.Connection(database.Connection);
            options.AddCalendar();
            options.AddAudit();
        });
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        await new Story(events).Tell(database, cancellation);
        var log = new AuditLog(store);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var keys = PublicKeys.In(key.ExportSubjectPublicKeyInfoPem());
        var export = Path.GetTempFileName();

        var outcomes = new List<(string Name, double Seconds)>();
        (string, Func<Task>)[] ways =
        [
            ("reading only", () => Floor(database, cancellation)),
            ("hash and sign", () => Notarize(database, log, key, events, cancellation)),
            ("verify", () => Verify(log, keys, events, cancellation)),
            ("export", () => Export(log, export, cancellation)),
            ("verify the export", () => VerifyExport(export, keys)),
        ];
        await Steps.Take([.. ways.Select(way => (way.Item1, (Func<Task<string>>)Step))]);
        File.Delete(export);

        async Task<string> Step()
        {
            var (name, way) = ways[outcomes.Count];
            GC.Collect();
            var begun = Stopwatch.GetTimestamp();
            await way();
            var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
            outcomes.Add((name, seconds));
            return $"{events / seconds:F0} events/s";
        }

        Console.WriteLine();
        Console.WriteLine(Figures(outcomes, events));
    }

    private static Table Figures(List<(string Name, double Seconds)> outcomes, int events)
    {
        var table = new Table("audit", "s", "events/s", "to reading only");
        foreach (var (name, seconds) in outcomes)
        {
            table.Add(
                name,
                Number(seconds, "F1"),
                Number(events / seconds, "F0"),
                Number(seconds / outcomes[0].Seconds, "F1"));
        }

        return table;
    }

    private static string Number(double number, string format) =>
        number.ToString(format, CultureInfo.InvariantCulture);

    private static async Task Floor(OwnDatabase database, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(database.Connection);
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(
            $"""
            select seq_id, id, stream_id, version, type, timestamp, data from {Catalog.Schema}.mt_events
            order by seq_id
            """,
            connection) { CommandTimeout = 0 };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            reader.GetFieldValue<byte[]>(6);
        }
    }

    private static async Task Notarize(
        OwnDatabase database, AuditLog log, ECDsa key, int events, CancellationToken cancellation)
    {
        await database.Execute(
            $"""
            insert into {Catalog.Schema}.mt_event_progression (name, last_seq_id)
            values ('HighWaterMark', {events})
            """,
            cancellation);
        var settings = new Settings
        {
            Database = "",
            KeyFile = "",
            MailboxFile = "",
            Exchange = new ExchangeSettings(),
            AuditHead = Duration.Zero,
        };
        using var notary = new Notary(
            log, settings, new Lazy<ECDsa>(key), TimeProvider.System, NullLogger<Notary>.Instance);
        await notary.StartAsync(cancellation);
        while ((await log.NewestHeads(long.MaxValue, 1, cancellation)) is not [var head]
            || head.Position < events)
        {
            await Task.Delay(Pause, cancellation);
        }

        await notary.StopAsync(cancellation);
    }

    private static async Task Verify(
        AuditLog log, HashSet<string> keys, int events, CancellationToken cancellation)
    {
        var verdict = await new AuditVerification(log).Run(keys, [], _ => { }, cancellation);
        if (verdict.Finding is not null || verdict.Vouched != events)
        {
            throw new InvalidOperationException($"The record is not whole: {verdict}");
        }
    }

    private static async Task Export(AuditLog log, string path, CancellationToken cancellation)
    {
        await using var file = File.Create(path);
        await new EventExport(log).Write(file, 0, null, cancellation);
    }

    private static Task VerifyExport(string path, HashSet<string> keys)
    {
        using var text = File.OpenText(path);
        return new ExportCheck(keys, []).Wrong(text) is { } wrong
            ? throw new InvalidOperationException(wrong)
            : Task.CompletedTask;
    }
}
