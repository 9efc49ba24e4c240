using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Adapters.Keys;
using HybridCalendar.Benchmarks.Lifecycle;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Domain.Time;
using HybridCalendar.Host.Keys;
using HybridCalendar.Projections;
using JasperFx.Events.Daemon;
using Marten;
using NodaTime;

namespace HybridCalendar.Benchmarks.Listing;

/// <summary>
/// A mailbox with 500 meetings with 300 people, 50 of them series, all of which take place within four weeks.
/// </summary>
internal static class FullCalendar
{
    public const string Address = "full.calendar@example.com";
    public const int Meetings = 500;
    public const int Series = 50;
    public const int People = 300;
    public static readonly Instant From = Instant.FromUtc(2026, 11, 23, 0, 0);
    public static readonly Instant To = From + Duration.FromDays(28);

    private const int Seed = 20261127;
    private const int HalfHoursOfWork = 18;
    private const int FirstHour = 8;

    /// <summary>Records it all, as looks would, and answers the mailbox.</summary>
    public static async Task<MailboxId> Record(
        string connection, string keyFile, CancellationToken cancellation)
    {
        await using var store = DocumentStore.For(options =>
        {
            options.Connection(connection);
            options.AddCalendar();
            options.Projections.AsyncMode = DaemonMode.ExternallyManaged;
        });
        using var key = KeyFile.OpenOrCreate(keyFile);
        using var keyring = new Keyring(store, key);
        var id = await keyring.IdOf(Address, cancellation);
        var seal = await keyring.MakeSealOf(id, cancellation);
        await using var session = store.LightweightSession();
        session.Events.Append(
            id.Value, MailboxDecider.Enable(null, id, seal.Seal(Address), MailboxKind.User, From));
        var random = new Random(Seed);
        var maker = new MeetingMaker(seal, random, People);
        for (var number = 0; number < Meetings; number++)
        {
            var made = maker.Make(Time(number, random));
            var meeting = MeetingId.Of(id, made.GlobalId);
            session.Events.Append(meeting.Value, MeetingDecider.Decide(null, Seen(id, meeting, made)));
        }

        await session.SaveChangesAsync(cancellation);
        return id;
    }

    private static MeetingLook.Seen Seen(MailboxId id, MeetingId meeting, ItemRead.Meeting made) => new(
        meeting,
        new Look(id, From, LookTrigger.Start, made.ChangeKey, made.ChangedAt),
        CorrelationId.Of(made.GlobalId),
        made.Facts);

    private static When Time(int number, Random random)
    {
        var start = From
            + Duration.FromDays(number < Series ? random.Next(7) : random.Next(28))
            + Duration.FromHours(FirstHour)
            + (Duration.FromMinutes(30) * random.Next(HalfHoursOfWork));
        return new When
        {
            Start = start,
            End = start + Duration.FromMinutes(30),
            Zone = "W. Europe Standard Time",
            Recurrence = number < Series ? Rule(number, start.InUtc().Date) : null,
        };
    }

    // A fifth on each day of work, the others weekly; half of them have no end.
    private static Recurrence Rule(int number, LocalDate start) => new(
        new RecurrencePattern.Weekly(
            1,
            number % 5 == 0
                ? [
                    IsoDayOfWeek.Monday,
                    IsoDayOfWeek.Tuesday,
                    IsoDayOfWeek.Wednesday,
                    IsoDayOfWeek.Thursday,
                    IsoDayOfWeek.Friday,
                ]
                : [start.DayOfWeek],
            IsoDayOfWeek.Monday),
        start,
        number % 2 == 0 ? null : start.PlusMonths(6));
}
