using System.Net.Http.Json;

namespace HybridCalendar.Contract.ExchangeLab;

/// <summary>Proves what a room of the lab does with invitations, as it is told to.</summary>
public sealed class RoomProcessingTests
{
    private const string Processing = $"/mailboxes/{LabServer.Room}/processing";

    [Fact]
    public async Task A_room_accepts_and_keeps_all_texts_unless_it_is_told_otherwise()
    {
        await using var lab = await LabServer.Start();
        var room = await lab.Item(await lab.Book(new { sensitivity = "private" }), LabServer.Room);

        room.Value("MyResponseType").ShouldBe("Accept");
        room.Value("Subject").ShouldBe("Tea");
        room.Value("Sensitivity").ShouldBe("Private");
        room.All("Body").Single().Value.ShouldContain("cups");
    }

    [Fact]
    public async Task A_room_takes_out_what_it_is_told_to_and_updates_lose_it_too()
    {
        await using var lab = await LabServer.Start();
        await lab.Act(HttpMethod.Put, Processing, new
        {
            deleteComments = true, addOrganizerToSubject = true, removePrivateProperty = true,
        });
        var uid = await lab.Book(new { sensitivity = "private" });
        await lab.Act(HttpMethod.Patch, $"/meetings/{uid}", new { body = "Bring more cups." });

        var room = await lab.Item(uid, LabServer.Room);
        room.Value("Subject").ShouldBe("Anna Brandt");
        room.Value("Sensitivity").ShouldBe("Normal");
        room.All("Body").Single().Value.ShouldNotContain("cups");
        var guest = await lab.Item(uid, LabServer.Ben);
        guest.Value("Subject").ShouldBe("Tea");
        guest.Value("Sensitivity").ShouldBe("Private");
        guest.All("Body").Single().Value.ShouldContain("more cups");
    }

    [Fact]
    public async Task A_subject_that_is_deleted_is_empty()
    {
        await using var lab = await LabServer.Start();
        await lab.Act(HttpMethod.Put, Processing, new { deleteSubject = true });
        var room = await lab.Item(await lab.Book(), LabServer.Room);
        (room.Element(Wire.T + "Subject")?.Value ?? "").ShouldBe("");
        room.All("Body").Single().Value.ShouldContain("cups");
    }

    [Fact]
    public async Task A_way_to_join_goes_with_the_body_and_stays_with_the_location()
    {
        await using var lab = await LabServer.Start();
        const string link = "https://lab.webex.com/meet/tea";
        await lab.Act(HttpMethod.Put, Processing, new { deleteComments = true });
        await lab.Book(new { body = link, join = link, subject = "In the body" });
        await lab.Book(new { location = link, join = link, subject = "In the location" });

        var lines = await lab.Truth(LabServer.Room, "2026-03-18T00:00:00Z", "2026-03-19T00:00:00Z");
        Join("In the body").ShouldBeNull();
        Join("In the location").ShouldBe(link);

        string? Join(string subject) => lines
            .Single(line => line.GetProperty("subject").GetString() == subject)
            .GetProperty("join").GetString();
    }

    [Theory]
    [InlineData("noResponseReceived", "NoResponseReceived", "Tentative")]
    [InlineData("tentative", "Tentative", "Tentative")]
    public async Task A_room_that_does_not_accept_is_taken_tentatively_until_somebody_answers_for_it(
        string answer, string response, string shown)
    {
        await using var lab = await LabServer.Start();
        await lab.Act(HttpMethod.Put, Processing, new { answer });
        var uid = await lab.Book();
        var room = await lab.Item(uid, LabServer.Room);
        room.Value("MyResponseType").ShouldBe(response);
        room.Value("LegacyFreeBusyStatus").ShouldBe(shown);

        await lab.Act(HttpMethod.Post, $"/meetings/{uid}/respond", new
        {
            mailbox = LabServer.Room, response = "accept",
        });
        (await lab.Item(uid, LabServer.Room)).Value("MyResponseType").ShouldBe("Accept");
    }

    [Fact]
    public async Task A_room_that_declines_says_so_and_keeps_nothing()
    {
        await using var lab = await LabServer.Start();
        await lab.Act(HttpMethod.Put, Processing, new { answer = "decline" });
        var uid = await lab.Book();

        (await lab.Ask(Wire.FindPage(0, 1000), LabServer.Room)).All("UID")
            .ShouldAllBe(one => one.Value != uid);
        (await lab.Item(uid)).All("Resources").Single().All("ResponseType").Single().Value
            .ShouldBe("Decline");
    }

    [Fact]
    public async Task What_is_declined_may_stay_in_the_calendar()
    {
        await using var lab = await LabServer.Start();
        var uid = await lab.Book();
        await lab.Act(HttpMethod.Post, $"/meetings/{uid}/respond", new
        {
            mailbox = LabServer.Ben, response = "decline", keeps = true,
        });
        (await lab.Item(uid, LabServer.Ben)).Value("MyResponseType").ShouldBe("Decline");
    }

    [Fact]
    public async Task Only_a_room_answers_by_itself()
    {
        await using var lab = await LabServer.Start();
        foreach (var (address, answer) in new[] { (LabServer.Ben, "accept"), (LabServer.Room, "organizer") })
        {
            using var reply = await lab.Http.PutAsJsonAsync(
                $"/lab/mailboxes/{address}/processing", new { answer }, LabServer.Stop);
            ((int)reply.StatusCode).ShouldBeInRange(400, 499);
        }
    }

    [Fact]
    public async Task A_delegate_writes_into_the_organizers_calendar()
    {
        await using var lab = await LabServer.Start();
        var uid = await lab.Book(new { @delegate = LabServer.Carla });

        (await lab.Item(uid)).Value("LastModifiedName").ShouldBe("Carla Ruiz");
        (await lab.Item(uid)).All("Organizer").Single().Value("EmailAddress").ShouldBe(LabServer.Anna);
        (await lab.Item(uid, LabServer.Ben)).Value("LastModifiedName").ShouldBe("Ben Okafor");
    }
}
