using NodaTime;

namespace HybridCalendar.EndToEnd.Service;

/// <summary>Meetings that only their properties tell how to join.</summary>
public sealed class OnlineMeetingTests(LiveWorld live) : IClassFixture<LiveWorld>
{
    private const string Link = "https://teams.microsoft.com/meet/2345678901234?p=secret";

    [Fact]
    public async Task a_meeting_without_a_link_in_its_text_gets_its_join_button_from_its_property()
    {
        var booking = await Booking.Make(live, "Property talk");
        var properties = new Dictionary<string, string> { ["SkypeTeamsMeetingUrl"] = Link };
        await live.World.Lab.Patch($"/lab/meetings/{booking.Uid}", new
        {
            location = "Room Elbe",
            onlineMeeting = new { properties },
        });

        var listed = await booking.WaitUntil(meeting => meeting.Location == "Room Elbe");

        listed.JoinTargets.Select(target => target.Address).ShouldBe([Link]);
        var mailbox = await live.IdOf(booking.Organizer);
        var shown = await live.World.Service.JoinSchedule(mailbox, booking.Start - Duration.FromMinutes(5));
        var button = shown.Buttons.Single(one => one.Title == booking.Subject);
        button.Targets[0].Address.ShouldBe(Link);
        button.Targets[0].Provider.ShouldBe("teams");
        button.Targets[0].Why.ShouldStartWith("found in the online-meeting property");
    }
}
