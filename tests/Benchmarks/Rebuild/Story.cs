using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Adapters.Keys;
using HybridCalendar.Benchmarks.Lifecycle;
using HybridCalendar.Domain;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Projections;
using Marten;
using NodaTime;
using Npgsql;
using NpgsqlTypes;

namespace HybridCalendar.Benchmarks.Rebuild;

/// <summary>
/// The history of many meetings, interleaved: all appear, then each is changed once, then again. The events
/// are the decider's own; they are stored as Marten stores them, only faster.
/// </summary>
internal sealed class Story(int events)
{
    public const int EventsPerMeeting = 10;

    private const int Seed = 20261127;
    private const int MeetingsAtOnce = 2_000;
    private static readonly Instant Begin = Instant.FromUtc(2026, 11, 27, 8, 0);

    private readonly Random random = new(Seed);

    public int Meetings => events / EventsPerMeeting;

    /// <summary>Stores it in a database that has the tables.</summary>
    public async Task Tell(string database, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(cancellation);
        await Execute(connection, "create temporary table told (seq_id bigint, id uuid, stream_id uuid, "
            + "version bigint, data jsonb, type text, dotnet text)", cancellation);
        for (var first = 0; first < Meetings; first += MeetingsAtOnce)
        {
            var count = Math.Min(MeetingsAtOnce, Meetings - first);
            await Copy(connection, Lives(first, count), cancellation);
        }

        // Interleaved: one after the other through all meetings, again and again.
        await Execute(
            connection,
            $"""
            insert into {Catalog.Schema}.mt_streams (id, version)
                select stream_id, max(version) from told group by stream_id;
            insert into {Catalog.Schema}.mt_events
                (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type)
                select seq_id, id, stream_id, version, data, type, now(), dotnet from told order by seq_id;
            select setval('{Catalog.Schema}.mt_events_sequence', (select max(seq_id) from told));
            drop table told;
            analyze {Catalog.Schema}.mt_events;
            analyze {Catalog.Schema}.mt_streams
            """,
            cancellation);
    }

    private IEnumerable<(long Sequence, Guid Stream, int Version, MeetingEvent Event)> Lives(
        int first, int count)
    {
        using var seal = new MailboxSeal(
            NewId(), RandomNumberGenerator.GetBytes(MailboxSeal.DataKeyBytes));
        var mailbox = new Domain.Mailboxes.MailboxId(NewId());
        var maker = new MeetingMaker(seal, random);
        for (var index = first; index < first + count; index++)
        {
            var id = MeetingId.From(mailbox, $"{index}");
            Meeting? meeting = null;
            var item = maker.Make();
            var version = 0;
            while (version < EventsPerMeeting)
            {
                var look = new Look(mailbox, Begin + Duration.FromMinutes(version), LookTrigger.Hint);
                foreach (var e in Decide(meeting, item, look))
                {
                    if (version < EventsPerMeeting)
                    {
                        version++;
                        meeting = Meeting.Evolve(meeting, e);
                        yield return (((long)(version - 1) * Meetings) + index + 1, id.Value, version, e);
                    }
                }

                item = maker.Change(item);
            }
        }
    }
}
