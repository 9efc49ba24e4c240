using HybridCalendar.Domain;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Projections;
using HybridCalendar.Specs.Meetings;
using HybridCalendar.Specs.Stored;
using NodaTime;
using static HybridCalendar.Specs.Meetings.Example;

namespace HybridCalendar.Specs.Projections;

public class IncidentsSpecs
{
    private static readonly Guid Id = Example.Meeting.Value;

    public static TheoryData<string> EveryEvent => [.. StoredNames.Events.Values];

    [Theory]
    [MemberData(nameof(EveryEvent))]
    public void Every_event_is_folded_and_few_begin_an_incident(string name)
    {
        var happened = EventExamples.All[name];
        (Incidents.Fold(null, Id, happened) is not null)
            .ShouldBe(happened is MeetingExpansionCorrected or UnknownEntriesSeen);
    }

    [Fact]
    public void An_incident_lasts_from_the_first_difference_until_there_is_none()
    {
        var incidents = Fold(Corrected(1, 3), Corrected(2, 4)).ShouldNotBeNull();
        incidents.IsOpen.ShouldBeTrue();
        incidents.All.ShouldBe([new Incident(November(13), November(30), 4, 1, LookAt(1).At)]);

        var confirmed = new MeetingExpansionConfirmed(November(13), November(30)) { Look = LookAt(3) };
        Fold(Corrected(1, 3), confirmed).ShouldNotBeNull().All
            .ShouldBe([new Incident(November(13), November(30), 3, 1, LookAt(1).At, LookAt(3).At)]);
    }

    [Fact]
    public void Whatever_drops_the_correction_ends_the_incident_and_another_one_can_begin()
    {
        var again = Fold(
            Corrected(1, 3), new MeetingRescheduled(Once.When) { Look = LookAt(2) }, Corrected(3, 5))
            .ShouldNotBeNull();
        again.IsOpen.ShouldBeTrue();
        again.All.Select(incident => (incident.Since, incident.Until))
            .ShouldBe([(LookAt(3).At, (Instant?)null), (LookAt(1).At, LookAt(2).At)]);
        Fold(Corrected(1, 3), Left(2)).ShouldNotBeNull().IsOpen.ShouldBeFalse();
        Fold(Corrected(1, 3), new MeetingRetitled(null) { Look = LookAt(2) })
            .ShouldNotBeNull().IsOpen.ShouldBeTrue();
    }

    [Fact]
    public void Entries_that_nobody_knows_are_an_incident_of_the_mailbox()
    {
        Fold(Unknown(1, 2)).ShouldNotBeNull().All[0].Surplus.ShouldBe(2);
        Fold(Unknown(1, 2), Unknown(2, 0)).ShouldNotBeNull().All[0].Until.ShouldBe(LookAt(2).At);
        Fold(Unknown(1, 0)).ShouldBeNull();
    }

    [Fact]
    public void Of_what_is_over_only_the_newest_is_kept()
    {
        var happened = Enumerable.Range(1, Incidents.Most + 5)
            .SelectMany(n => new object[] { Unknown(2 * n, n), Unknown((2 * n) + 1, 0) });
        var incidents = Fold([.. happened]).ShouldNotBeNull();
        incidents.All.Count.ShouldBe(Incidents.Most);
        incidents.All[0].Surplus.ShouldBe(Incidents.Most + 5);
    }

    private static Incidents? Fold(params object[] happened) => happened.Aggregate(
        (Incidents?)null, (incidents, next) => Incidents.Fold(incidents, Id, next));

    private static MeetingExpansionCorrected Corrected(int minute, int missing) =>
        new(November(13), November(30), [], missing, Surplus: 1) { Look = LookAt(minute) };

    private static UnknownEntriesSeen Unknown(int minute, int count) =>
        new(count, November(13), November(30)) { Mailbox = Example.Mailbox, At = LookAt(minute).At };
}
