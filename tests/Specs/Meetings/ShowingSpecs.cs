using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Meetings;
using NodaTime;
using static HybridCalendar.Specs.Meetings.Example;

namespace HybridCalendar.Specs.Meetings;

/// <summary>What is shown of a meeting, to whom, and with a Join button or not: the README's table.</summary>
public class ShowingSpecs
{
    private static readonly JoinTimes Times = new(Duration.FromMinutes(5), Duration.FromMinutes(3));
    private static readonly Audience Person = new(MailboxKind.User, Times);
    private static readonly Audience Room = new(MailboxKind.Room, Times);

    private static readonly MeetingFacts Joinable =
        Once with { JoinTargets = [Webex("1")], Response = Response.Accepted };

    private static readonly Showing WithButton = new(
        IsWithheld: false, new ButtonSpan(November(23, 8, 55), November(23, 10, 3)), NoButton: null);

    [Fact]
    public void A_cancelled_meeting_is_listed_without_a_button() =>
        ToBoth(Joinable with { IsCancelled = true }).ShouldBe(Without(NoButton.Cancelled));

    [Fact]
    public void A_cancelled_occurrence_is_listed_without_a_button()
    {
        var cancelled = Moved(24, 9) with { IsCancelled = true, JoinTargets = [Webex("1")] };
        var facts = Series with { ChangedOccurrences = [cancelled] };
        var occurrences = facts.OccurrencesIn(November(24), November(25));
        Showing.Of(facts, occurrences.ShouldHaveSingleItem(), Person).ShouldBe(Without(NoButton.Cancelled));
    }

    [Fact]
    public void What_a_person_declined_is_listed_without_a_button() =>
        To(Person, Joinable with { Response = Response.Declined }).ShouldBe(Without(NoButton.Declined));

    [Fact]
    public void What_a_room_declined_is_not_shown_in_it() =>
        To(Room, Joinable with { Response = Response.Declined }).ShouldBeNull();

    [Fact]
    public void A_tentative_meeting_has_a_button_and_is_hidden_on_request()
    {
        var tentative = Joinable with { Response = Response.Tentative, ShownAs = ShownAs.Tentative };
        ToBoth(tentative).ShouldBe(WithButton);
        To(Person with { HidesTentative = true }, tentative).ShouldBeNull();
        To(Room with { HidesTentative = true }, tentative).ShouldBeNull();
        To(Room with { HidesTentative = true }, Joinable).ShouldBe(WithButton);
    }

    [Fact]
    public void What_an_organizer_shows_as_tentative_is_so_too()
    {
        var tentative = Joinable with { Response = Response.Organizer, ShownAs = ShownAs.Tentative };
        To(Person, tentative).ShouldBe(WithButton);
        To(Person with { HidesTentative = true }, tentative).ShouldBeNull();
    }

    [Fact]
    public void What_a_person_did_not_answer_has_a_button() =>
        To(Person, Joinable with { Response = Response.None }).ShouldBe(WithButton);

    [Fact]
    public void What_a_room_did_not_accept_has_no_button_until_it_does()
    {
        var asked = Joinable with { Response = Response.None };
        To(Room, asked).ShouldBe(Without(NoButton.NotAccepted));
        To(Room, asked with { Response = Response.Accepted }).ShouldBe(WithButton);
    }

    [Fact]
    public void What_somebody_noted_in_a_rooms_own_calendar_has_a_button() =>
        To(Room, Joinable with { Response = Response.Unknown, Organizer = null }).ShouldBe(WithButton);

    [Theory]
    [InlineData(ShownAs.Free)]
    [InlineData(ShownAs.WorkingElsewhere)]
    [InlineData(ShownAs.OutOfOffice)]
    [InlineData(ShownAs.Busy)]
    [InlineData(ShownAs.NoData)]
    public void What_is_shown_as_free_or_working_elsewhere_has_a_button(ShownAs shownAs) =>
        ToBoth(Joinable with { ShownAs = shownAs }).ShouldBe(WithButton);

    [Theory]
    [InlineData(Sensitivity.Private)]
    [InlineData(Sensitivity.Confidential)]
    public void What_is_private_is_withheld_from_a_rooms_readers_and_has_its_button(Sensitivity sensitivity)
    {
        var facts = Joinable with { Sensitivity = sensitivity };
        To(Person, facts).ShouldBe(WithButton);
        To(Room, facts).ShouldBe(WithButton with { IsWithheld = true });
        To(Room, facts with { IsCancelled = true })
            .ShouldBe(Without(NoButton.Cancelled) with { IsWithheld = true });
    }

    [Fact]
    public void What_is_personal_is_not_withheld() =>
        ToBoth(Joinable with { Sensitivity = Sensitivity.Personal }).ShouldBe(WithButton);

    [Fact]
    public void What_is_on_all_day_has_a_button_for_its_days_and_no_longer()
    {
        var days = Joinable.When with { Start = November(23), End = November(25), AllDay = true };
        ToBoth(Joinable with { When = days })!.Button.ShouldBe(new ButtonSpan(November(23), November(25)));
    }

    [Fact]
    public void What_goes_over_midnight_has_one_button_without_a_break()
    {
        var night = Joinable.When with { Start = November(23, 23), End = November(24, 2) };
        var facts = Joinable with { When = night };
        foreach (var day in new[] { 23, 24 })
        {
            var there = facts.OccurrencesIn(November(day), November(day + 1)).ShouldHaveSingleItem();
            Showing.Of(facts, there, Person)!.Button
                .ShouldBe(new ButtonSpan(November(23, 22, 55), November(24, 2, 3)));
        }
    }

    [Fact]
    public void What_cannot_be_joined_is_listed_and_says_so() =>
        ToBoth(Joinable with { JoinTargets = [] }).ShouldBe(Without(NoButton.NoWayToJoin));

    [Fact]
    public void An_organizers_own_meeting_is_as_any_other() =>
        To(Person, Joinable with { Response = Response.Organizer }).ShouldBe(WithButton);

    private static Showing Without(NoButton why) => new(IsWithheld: false, Button: null, why);

    private static Showing? To(Audience audience, MeetingFacts facts)
    {
        var occurrence = facts.OccurrencesIn(November(1), November(30)).ShouldHaveSingleItem();
        return Showing.Of(facts, occurrence, audience);
    }

    // What persons and rooms are shown the same.
    private static Showing? ToBoth(MeetingFacts facts)
    {
        var shown = To(Person, facts);
        To(Room, facts).ShouldBe(shown);
        return shown;
    }
}
