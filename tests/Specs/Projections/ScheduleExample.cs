using HybridCalendar.Domain;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Projections;
using HybridCalendar.Specs.Meetings;
using NodaTime;

namespace HybridCalendar.Specs.Projections;

/// <summary>The join schedule of meetings that are numbered from zero on.</summary>
internal static class ScheduleExample
{
    public static JoinSchedule ScheduleAt(Instant now, JoinTimes times, params MeetingFacts[] meetings) =>
        ScheduleAt(now, new Audience(MailboxKind.User, times), meetings);

    public static JoinSchedule ScheduleAt(Instant now, Audience audience, params MeetingFacts[] meetings) =>
        JoinSchedule.At(
            meetings.Select((facts, number) =>
                ScheduledJoin.Fold(null, Id(number), Example.Appeared(0, facts))!),
            now,
            audience);

    public static Guid Id(int number) => NameBasedGuid.Of(Example.Mailbox.Value, $"{number}");
}
