using HybridCalendar.Domain;
using HybridCalendar.Domain.Joining;
using HybridCalendar.Domain.Joining.Providers;
using HybridCalendar.Host.Read;

namespace HybridCalendar.Specs.Joining;

/// <summary>Which way to join is first, and that the answer says why.</summary>
public class JoinRankingSpecs
{
    private const string Webex = "https://acme.webex.com/acme/j.php?MTID=m01";
    private const string Room = "https://acme.webex.com/meet/jane.doe";
    private const string Zoom = "https://acme.zoom.us/j/98765432101";
    private const string Video = "https://www.youtube.com/watch?v=1";
    private const string Unknown = "https://calls.example/42";

    [Fact]
    public void Each_place_and_kind_comes_in_its_order_with_what_puts_it_before_the_next()
    {
        var invitation = new Invitation
        {
            OnlineMeeting = [Unknown, Zoom],
            Location = $"{Room}, sip:1@video.example.com",
            Body = $"{Video}\n{Room}/2\nsip:2@video.example.com {Webex}\n{Zoom}?pwd=x\nhttps://b.zoom.us/j/1?pwd=y\n"
                + $"192.0.2.1##12\n3@video.example.com\n+15555550100,,1234#\n> https://zoom.us/j/555",
        };
        Find(invitation).Select(t => (t.FoundIn, t.Address, t.Ahead)).ShouldBe(
        [
            (FoundIn.OnlineMeeting, Zoom, RankedBy.Place),
            (FoundIn.Location, Room, RankedBy.Kind),
            (FoundIn.Location, "sip:1@video.example.com", RankedBy.Place),
            (FoundIn.Body, Webex, RankedBy.RuleOrder),
            (FoundIn.Body, $"{Zoom}?pwd=x", RankedBy.Position),
            (FoundIn.Body, "https://b.zoom.us/j/1?pwd=y", RankedBy.Kind),
            (FoundIn.Body, "sip:2@video.example.com", RankedBy.Aim),
            (FoundIn.Body, "sip:3@video.example.com", RankedBy.Kind),
            (FoundIn.Body, "h323:192.0.2.1##12", RankedBy.Certainty),
            (FoundIn.OnlineMeeting, Unknown, RankedBy.Place),
            (FoundIn.Body, Video, RankedBy.OwnText),
            (FoundIn.Body, "https://zoom.us/j/555", RankedBy.NotByPhone),
            (FoundIn.Body, "tel:+15555550100,,1234#", null),
        ]);
    }

    [Fact]
    public void A_room_comes_after_the_meeting_and_a_link_without_passcode_after_one_with_it() =>
        Find(new Invitation { Body = $"{Zoom}\n{Zoom}?pwd=x\n{Room}" })
            .Select(t => (t.Address, t.Ahead))
            .ShouldBe([($"{Zoom}?pwd=x", RankedBy.Passcode), (Zoom, RankedBy.Aim), (Room, null)]);

    [Fact]
    public void What_only_the_calendar_calls_a_way_to_join_is_one() =>
        Find(new Invitation { OnlineMeeting = [Unknown] }).ShouldHaveSingleItem().Rule
            .ShouldBe("online-meeting-property");

    [Fact]
    public void The_address_of_somebody_who_takes_part_is_no_meeting() =>
        Find(new Invitation
        {
            Body = $"sip:jane@example.com 12345@example.com {Video}",
            People = ["Jane@example.com", "12345@example.com"],
        }).Select(t => t.Address).ShouldBe([Video]);

    [Fact]
    public void An_address_that_is_for_mail_too_only_may_lead_into_a_meeting() =>
        Find(new Invitation
        {
            Location = $"<mailto:jane@example.com> {Video}",
            Body = "Jane, sip:jane@example.com, sip:board@video.example.com",
        }).Select(t => t.Address).ShouldBe(["sip:board@video.example.com", Video, "sip:jane@example.com"]);

    [Fact]
    public void Somebody_who_is_named_as_the_place_may_be_called() =>
        Find(new Invitation
        {
            Location = $"sip:jane@example.com",
            Body = Zoom,
            People = ["jane@example.com"],
        }).Select(t => t.Address).ShouldBe([Zoom, "sip:jane@example.com"]);

    [Fact]
    public void The_order_of_places_does_not_hang_on_what_is_equal()
    {
        var invitation = new Invitation { Location = Zoom, Body = $"{Zoom} {Zoom}" };
        Find(invitation).ShouldHaveSingleItem().FoundIn.ShouldBe(FoundIn.Location);
    }

    [Fact]
    public void The_reason_can_be_told_in_words()
    {
        foreach (var by in Enum.GetValues<RankedBy>())
        {
            foreach (var place in Enum.GetValues<FoundIn>())
            {
                var target = new JoinTarget(JoinKind.Https, "zoom", place, "rule", new Sealed("", ""));
                JoinWords.Why(target).ShouldStartWith("found in the ");
                JoinWords.Why(target with { Ahead = by })
                    .ShouldStartWith($"{JoinWords.Why(target)}; before the next because ");
            }
        }
    }

    [Fact]
    public void A_found_target_does_not_print_its_address() =>
        Find(new Invitation { Body = $"{Zoom}?pwd=secret" })[0].ToString()
            .ShouldBe("FoundTarget Https zoom Body zoom-meeting");

    private static IReadOnlyList<FoundTarget> Find(Invitation invitation) =>
        new JoinTargetFinder(ProviderTable.Default).Find(invitation);
}
