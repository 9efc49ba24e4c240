using System.Security.Cryptography;
using System.Text.Json;
using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Adapters.Keys;
using HybridCalendar.Benchmarks.Lifecycle;
using HybridCalendar.Domain;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Projections;
using NodaTime;
using Npgsql;
using NpgsqlTypes;

namespace HybridCalendar.Benchmarks.Rebuild;

/// <summary>
/// The history of many meetings, interleaved: all appear, then one after the other changes, again and again.
/// </summary>
/// <remarks>The events are the decider's own, stored in the columns in which Marten stores them.</remarks>
internal sealed class Story(int events)
{
    public const int EventsPerMeeting = 10;

    private const int Seed = 20261127;
    private static readonly Instant Begin = Instant.FromUtc(2026, 11, 27, 8, 0);

    private const string Columns = "seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type";

    public int Meetings => events / EventsPerMeeting;

    /// <summary>Stores it in a database that has the tables.</summary>
    public async Task Tell(OwnDatabase database, CancellationToken cancellation)
    {
        await database.Execute(
            $"alter table {Catalog.Schema}.mt_events drop constraint fkey_mt_events_stream_id", cancellation);
        await using var connection = new NpgsqlConnection(database.Connection);
        await connection.OpenAsync(cancellation);
        await using (var rows = await connection.BeginBinaryImportAsync(
            $"copy {Catalog.Schema}.mt_events ({Columns}) from stdin (format binary)", cancellation))
        {
            var sequence = 0L;
            foreach (var (stream, version, e) in Lives())
            {
                await rows.StartRowAsync(cancellation);
                await rows.WriteAsync(++sequence, cancellation);
                await rows.WriteAsync(Guid.CreateVersion7(), cancellation);
                await rows.WriteAsync(stream, cancellation);
                await rows.WriteAsync((long)version, cancellation);
                await rows.WriteAsync(
                    JsonSerializer.Serialize(e, e.GetType(), EventJson.Options),
                    NpgsqlDbType.Jsonb,
                    cancellation);
                await rows.WriteAsync(StoredNames.Events[e.GetType()], cancellation);
                await rows.WriteAsync(DateTimeOffset.UtcNow, cancellation);
                await rows.WriteAsync(
                    $"{e.GetType().FullName}, {e.GetType().Assembly.GetName().Name}", cancellation);
            }

            await rows.CompleteAsync(cancellation);
        }

        await database.Execute(
            $"""
            insert into {Catalog.Schema}.mt_streams (id, version)
                select stream_id, max(version) from {Catalog.Schema}.mt_events group by stream_id;
            select setval('{Catalog.Schema}.mt_events_sequence',
                (select max(seq_id) from {Catalog.Schema}.mt_events));
            alter table {Catalog.Schema}.mt_events add constraint fkey_mt_events_stream_id
                foreign key (stream_id) references {Catalog.Schema}.mt_streams (id) on delete cascade;
            analyze {Catalog.Schema}.mt_events;
            analyze {Catalog.Schema}.mt_streams
            """,
            cancellation);
        await database.Execute($"vacuum {Catalog.Schema}.mt_events", cancellation);
    }

    private IEnumerable<(Guid Stream, int Version, MeetingEvent Event)> Lives()
    {
        var random = new Random(Seed);
        var mailbox = new MailboxId(new Guid("5f0c7a52-0d5e-4a4f-9d0b-6c3a1a2b3c4d"));
        using var seal = new MailboxSeal(
            mailbox.Value, RandomNumberGenerator.GetBytes(MailboxSeal.DataKeyBytes));
        var maker = new MeetingMaker(seal, random);
        var lives = Enumerable.Range(0, Meetings).Select(_ => new Life(mailbox, maker.Make())).ToArray();
        for (var version = 1; version <= EventsPerMeeting; version++)
        {
            foreach (var life in lives)
            {
                var now = Begin + Duration.FromMinutes(version);
                yield return (life.Id.Value, version, life.Next(maker, now));
            }
        }
    }

    /// <summary>
    /// One meeting as it is in Exchange, as it is recorded, and what is not yet told of it.
    /// </summary>
    private sealed class Life(MailboxId mailbox, ItemRead.Meeting item)
    {
        private readonly Queue<MeetingEvent> news = [];
        private ItemRead.Meeting item = item;
        private Meeting? meeting;

        public MeetingId Id { get; } = MeetingId.Of(mailbox, item.GlobalId);

        public MeetingEvent Next(MeetingMaker maker, Instant now)
        {
            while (news.Count == 0)
            {
                item = meeting is null ? item : maker.Change(item);
                var look = new Look(mailbox, now, LookTrigger.Hint, item.ChangeKey, item.ChangedAt);
                var seen = new MeetingLook.Seen(Id, look, CorrelationId.Of(item.GlobalId), item.Facts);
                foreach (var e in MeetingDecider.Decide(meeting, seen))
                {
                    news.Enqueue(e);
                    meeting = Meeting.Evolve(meeting, e);
                }
            }

            return news.Dequeue();
        }
    }
}
