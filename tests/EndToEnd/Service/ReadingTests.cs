using System.Net;
using System.Text.Json;
using NodaTime;

namespace HybridCalendar.EndToEnd.Service;

/// <summary>What callers see of changes that people make in Exchange.</summary>
public sealed class ReadingTests(LiveWorld live) : IClassFixture<LiveWorld>
{
    private CalendarService Service => live.World.Service;

    [Fact]
    public async Task a_booked_meeting_is_listed_and_its_join_button_comes_up_five_minutes_before()
    {
        var booking = await Booking.Make(live, "Quarter review");

        var listed = await booking.WaitUntil(_ => true);

        listed.Start.ShouldBe(booking.Start);
        listed.Participants.Count.ShouldBe(1);
        listed.JoinTargets[0].Address.ShouldBe(booking.Link);
        listed.JoinTargets[0].Provider.ShouldBe("webex");
        var mailbox = await live.IdOf(booking.Organizer);
        var lead = Duration.FromMinutes(5);
        (await Titles(mailbox, booking.Start - lead)).ShouldContain(booking.Subject);
        var sooner = booking.Start - lead - Duration.FromSeconds(1);
        (await Titles(mailbox, sooner)).ShouldNotContain(booking.Subject);
        (await Titles(mailbox, booking.Start + Duration.FromHours(1))).ShouldNotContain(booking.Subject);
    }

    [Fact]
    public async Task a_history_tells_in_words_what_happened_when_and_why_the_service_looked()
    {
        var booking = await Booking.Make(live, "History lesson");
        var id = (await booking.WaitUntil(_ => true)).Id;
        var later = booking.Start + Duration.FromHours(2);
        await live.World.Lab.Patch($"/lab/meetings/{booking.Uid}", new { start = later.ToString() });
        await booking.WaitUntil(meeting => meeting.Start == later);

        var told = await Service.History(id);

        told[0].Event.ShouldBe("meeting_appeared");
        told[0].Text.ShouldContain("“History lesson”");
        told[0].Why.ShouldNotBeNull();
        var moved = told.Single(e => e.Event == "meeting_rescheduled");
        moved.Text.ShouldContain(later.ToString("yyyy-MM-dd HH:mm'Z'", null));
        moved.SeenAt.ShouldBeGreaterThan(told[0].SeenAt);
        moved.ChangedAt.ShouldNotBeNull();
        moved.ChangeKey.ShouldNotBe(told[0].ChangeKey);
        (await Service.Command("history", $"{id}")).ShouldContain("rescheduled to");
    }

    [Fact]
    public async Task the_live_stream_tells_each_change_once_and_goes_on_where_a_reader_left_it()
    {
        var reader = await ChangeReader.Open(Service);
        await Booking.Make(live, "Stream one");
        var appeared = await reader.Until("Stream one");
        await (await Booking.Make(live, "Stream two")).WaitUntil(_ => true);

        var resumed = await ChangeReader.Open(Service, after: appeared.Position);
        var next = await resumed.Until("Stream two");

        next.Position.ShouldBeGreaterThan(appeared.Position);
        resumed.Seen.Select(change => change.Position).ShouldBeUnique();
        resumed.Seen.ShouldAllBe(change => change.Position > appeared.Position);
    }

    [Fact]
    public async Task automatic_replies_show_their_owner_as_away_within_their_span()
    {
        var address = live.World.Mailboxes.Last(mailbox => mailbox.Kind == "user").Address;
        var mailbox = await live.IdOf(address);
        var start = Instant.FromUtc(2030, 1, 7, 8, 0);
        var end = Instant.FromUtc(2030, 1, 9, 17, 0);
        var replies = new { state = "scheduled", start = start.ToString(), end = end.ToString() };
        await live.World.Lab.Put($"/lab/mailboxes/{address}/automatic-replies", replies);

        await Deadline.Wait(
            async () => (await Service.Presence(mailbox, start)).Since == start ? null : "not known yet",
            LiveWorld.Limit);

        (await Service.Presence(mailbox, start)).OutOfOffice.ShouldBeTrue();
        (await Service.Presence(mailbox, start - Duration.FromSeconds(1))).OutOfOffice.ShouldBeFalse();
        (await Service.Presence(mailbox, end)).OutOfOffice.ShouldBeFalse();
    }

    [Theory]
    [InlineData("/v1/mailboxes/8a1d9a5e-0000-4000-8000-000000000000/meetings", HttpStatusCode.NotFound)]
    [InlineData("/v1/mailboxes/8a1d9a5e-0000-4000-8000-000000000000/join-schedule", HttpStatusCode.NotFound)]
    [InlineData("/v1/mailboxes/8a1d9a5e-0000-4000-8000-000000000000/presence", HttpStatusCode.NotFound)]
    [InlineData("/v1/mailboxes/8a1d9a5e-0000-4000-8000-000000000000/parked-items", HttpStatusCode.NotFound)]
    [InlineData("/v1/meetings/8a1d9a5e-0000-4000-8000-000000000000/history", HttpStatusCode.NotFound)]
    [InlineData("/v1/mailboxes/nobody/presence", HttpStatusCode.NotFound)]
    [InlineData("/v1/mailboxes/{known}/meetings?from=yesterday", HttpStatusCode.BadRequest)]
    [InlineData("/v1/mailboxes/{known}/meetings?from=9999-12-31T00:00:00Z", HttpStatusCode.BadRequest)]
    [InlineData(
        "/v1/mailboxes/{known}/meetings?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z",
        HttpStatusCode.BadRequest)]
    [InlineData("/v1/mailboxes/{known}/presence?at=now", HttpStatusCode.BadRequest)]
    [InlineData("/v1/changes?mailbox=nobody", HttpStatusCode.BadRequest)]
    [InlineData("/v1/nothing", HttpStatusCode.NotFound)]
    public async Task every_error_is_a_problem_document(string path, HttpStatusCode status)
    {
        var known = (await Service.Mailboxes())[0].Id;

        using var reply = await Service.Http.GetAsync(
            path.Replace("{known}", $"{known}", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);

        reply.StatusCode.ShouldBe(status);
        reply.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        JsonDocument.Parse(problem).RootElement.GetProperty("title").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task the_api_is_described_and_can_be_tried_without_any_other_host()
    {
        var description = await Service.Get<JsonElement>("/openapi/v1.json");
        var paths = description.GetProperty("paths").EnumerateObject().Select(path => path.Name).ToArray();
        paths.ShouldBe(
            [
                "/v1/audit/heads",
                "/v1/changes",
                "/v1/history",
                "/v1/incidents",
                "/v1/mailboxes",
                "/v1/mailboxes/{mailbox}/join-schedule",
                "/v1/mailboxes/{mailbox}/meetings",
                "/v1/mailboxes/{mailbox}/parked-items",
                "/v1/mailboxes/{mailbox}/presence",
                "/v1/meetings/{meeting}/history",
                "/v1/replay/{model}",
            ],
            ignoreOrder: true);

        var page = await Service.Http.GetStringAsync("/", TestContext.Current.CancellationToken);
        page.ShouldContain("Hybrid Calendar");
        page.ShouldNotContain("https://");
    }

    private async Task<IEnumerable<string?>> Titles(Guid mailbox, Instant at) =>
        (await Service.JoinSchedule(mailbox, at)).Buttons.Select(button => button.Title);
}
