using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Adapters.Keys;
using HybridCalendar.Domain.Joining;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Domain.Time;
using NodaTime;

namespace HybridCalendar.Benchmarks.Lifecycle;

/// <summary>Makes one mailbox's meetings, in the size and variety of an office's calendar.</summary>
/// <param name="people">Who may take part in them.</param>
internal sealed class MeetingMaker(MailboxSeal seal, Random random, int people = 5_000)
{
    private const int ParticipantsMax = 12;
    private const int DaysAhead = 365;
    private const double SeriesShare = 0.15;
    private const double OnlineShare = 0.6;
    private const double TwoChangesShare = 0.3;
    private static readonly Instant FirstDay = Instant.FromUtc(2026, 11, 23, 8, 0);
    private int made;

    public ItemRead.Meeting Make() => Make(Time());

    /// <summary>A meeting that takes place then.</summary>
    public ItemRead.Meeting Make(When when)
    {
        made++;
        var item = Convert.ToHexString(Bytes(70));
        var facts = new MeetingFacts
        {
            When = when,
            Title = seal.Seal($"Weekly planning of project {random.Next(100)}, part {made}"),
            Location = seal.Seal($"Building {random.Next(20)}, room {random.Next(400)}"),
            Organizer = Somebody(),
            Participants =
            [
                .. Enumerable.Range(0, random.Next(ParticipantsMax + 1)).Select(_ =>
                    new Participant(Somebody(), ParticipantRole.Required, Response.Unknown)),
            ],
            Response = Response.None,
            ShownAs = ShownAs.Tentative,
            JoinTargets = random.NextDouble() < OnlineShare ? [Online()] : [],
        };
        return new ItemRead.Meeting(item, Convert.ToHexString(Bytes(56)), ChangeKey(), FirstDay, facts);
    }

    /// <summary>The meeting after one change, or after two at once.</summary>
    public ItemRead.Meeting Change(ItemRead.Meeting meeting)
    {
        var kind = random.Next(4);
        var facts = Change(meeting.Facts, kind);
        if (random.NextDouble() < TwoChangesShare)
        {
            facts = Change(facts, (kind + 1) % 4);
        }

        return meeting with { ChangeKey = ChangeKey(), Facts = facts };
    }

    private MeetingFacts Change(MeetingFacts facts, int kind) => kind switch
    {
        0 => facts with { When = Moved(facts.When, Duration.FromMinutes(15)) },
        1 => facts with { Title = seal.Seal($"Planning, moved {random.Next(int.MaxValue)}") },
        2 => facts with { Location = seal.Seal($"Room {random.Next(int.MaxValue)}") },
        _ => facts with
        {
            Participants =
            [
                .. facts.Participants.Take(ParticipantsMax - 1),
                new Participant(Somebody(), ParticipantRole.Optional, Response.Unknown),
            ],
        },
    };

    private static When Moved(When when, Duration by) =>
        when with { Start = when.Start + by, End = when.End + by };

    private When Time()
    {
        var start = FirstDay
            + Duration.FromDays(random.Next(DaysAhead))
            + Duration.FromMinutes(30 * random.Next(18));
        return new When
        {
            Start = start,
            End = start + Duration.FromHours(1),
            Zone = "W. Europe Standard Time",
            Recurrence = random.NextDouble() < SeriesShare ? Weekly(start.InUtc().Date) : null,
        };
    }

    private static Recurrence Weekly(LocalDate start) => new(
        new RecurrencePattern.Weekly(1, [start.DayOfWeek], IsoDayOfWeek.Monday), start, start.PlusMonths(6));

    private Person Somebody()
    {
        var number = random.Next(people);
        return new Person(
            seal.Seal($"first.last{number}@example.com"),
            seal.Seal($"First Last{number} (Dept. {number % 40})"));
    }

    private JoinTarget Online() => new(
        JoinKind.Https,
        "webex",
        FoundIn.Body,
        "webex-meeting",
        seal.Seal($"https://example.webex.com/example/j.php?MTID=m{Convert.ToHexString(Bytes(16))}"));

    private string ChangeKey() => Convert.ToBase64String(Bytes(30));

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
