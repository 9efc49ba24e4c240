using System.Net.Http.Json;
using System.Text.Json;
using HybridCalendar.Domain.Audit;
using HybridCalendar.Host.Read;
using NodaTime;
using NodaTime.Text;

namespace HybridCalendar.EndToEnd.Service;

/// <summary>What auditors are told of a calendar that people changed.</summary>
public sealed class AuditorTests(LiveWorld live) : IClassFixture<LiveWorld>
{
    private CalendarService Service => live.World.Service;

    [Fact]
    public async Task a_history_is_of_a_meeting_a_mailbox_a_person_or_a_period()
    {
        var booking = await Booking.Make(live, "Audited");
        var meeting = await booking.WaitUntil(_ => true);
        var later = booking.Start + Duration.FromHours(2);
        await live.World.Lab.Patch($"/lab/meetings/{booking.Uid}", new { start = later.ToString() });
        await booking.WaitUntil(listed => listed.Start == later);
        var guest = meeting.Participants[0].Address;
        var mailbox = await live.IdOf(booking.Organizer);

        var own = await Search($"?meeting={meeting.Id}");
        own.ShouldAllBe(e => e.Mailbox == mailbox && e.Correlation == meeting.Correlation);
        own.Select(e => e.Position).ShouldBe(own.Select(e => e.Position).Order());
        own.ShouldAllBe(e => e.RecordedAt >= e.SeenAt);
        var moved = own.Single(e => e.Event == "meeting_rescheduled");
        var then = InstantPattern.ExtendedIso.Format(moved.SeenAt);
        own.Count.ShouldBe((await Service.History(meeting.Id)).Count);

        (await Search($"?mailbox={mailbox}")).ShouldContain(moved);
        var others = $"?mailbox={await live.IdOf(guest)}";
        await Deadline.Wait(
            async () => (await Search(others))
                .Any(e => e.Correlation == meeting.Correlation && e.Event == moved.Event)
                ? null
                : "the guest's calendar does not show it yet",
            LiveWorld.Limit);
        (await Search(others)).ShouldNotContain(moved);
        (await Search($"?meeting={meeting.Id}&from={then}")).ShouldNotContain(own[0]);
        (await Search($"?meeting={meeting.Id}&from={then}")).ShouldContain(moved);
        (await Search($"?meeting={meeting.Id}&to={then}")).ShouldNotContain(moved);
        (await Search($"?meeting={meeting.Id}&after={own[^1].Position}")).ShouldBeEmpty();

        var command = await Service.Command(
            "history", $"{meeting.Id}", "--from", then, "--format", "jsonl");
        CalendarService.Parse<RecordedEvent>(command).ShouldContain(moved);
    }

    [Fact]
    public async Task a_person_s_history_has_the_meetings_of_all_calendars_while_the_person_takes_part()
    {
        var booking = await Booking.Make(live, "With a guest");
        var meeting = await booking.WaitUntil(_ => true);
        var person = meeting.Participants[0].Address;

        var own = await Search($"?mailbox={await live.IdOf(person)}");
        var told = await SearchPerson(person.ToUpperInvariant());

        var mine = await live.IdOf(booking.Organizer);
        told.ShouldContain(e => e.Meeting == meeting.Id && e.Mailbox == mine);
        own.ShouldNotBeEmpty();
        own.ShouldAllBe(e => told.Contains(e));
        (await SearchPerson("nobody@lab.example")).ShouldBeEmpty();
        (await Service.Command("history", "--person", person, "--after", $"{told[^2].Position}"))
            .ShouldContain($"position {told[^1].Position}");
        Service.Output.ShouldNotContain(person, Case.Insensitive);
    }

    [Fact]
    public async Task a_long_history_comes_in_pages_that_fit_together_or_in_lines()
    {
        var (pages, asked) = (new List<RecordedEvent>(), 0);
        for (long? next = 0; next is { } after; asked++)
        {
            var page = await Service.Get<HistoryPage>($"/v1/history?after={after}");
            pages.AddRange(page.Events);
            next = page.Next;
        }

        var lines = await Service.Lines<RecordedEvent>($"/v1/history");

        asked.ShouldBeGreaterThan(1);
        lines.Take(pages.Count).ShouldBe(pages);
        pages.Select(e => e.Position).ShouldBe(pages.Select(e => e.Position).Distinct().Order());
    }

    [Fact]
    public async Task the_service_signs_heads_that_verify_and_an_export_is_the_same_from_any_process()
    {
        await Deadline.Wait(
            async () => (await Heads()).Count > 0 ? null : "no head was signed", LiveWorld.Limit);
        var head = SignedHead.Parse((await Heads())[0].GetRawText());
        head.IsSigned().ShouldBeTrue();
        var folder = Directory.CreateTempSubdirectory("calendar-audit-");
        var (kept, first, second) = (
            Path.Combine(folder.FullName, "head.json"),
            Path.Combine(folder.FullName, "first.jsonl"),
            Path.Combine(folder.FullName, "second.jsonl"));
        await File.WriteAllTextAsync(kept, $"{head}\n", TestContext.Current.CancellationToken);

        (await Service.Command("audit", "verify", "--head", kept)).ShouldContain("are as they were signed");
        await Service.Command("export", "--until", $"{head.Position}", "--out", first);
        await Service.CommandIn(
            [("TZ", "Asia/Kathmandu"), ("LC_ALL", "tr_TR.UTF-8"), ("PGTZ", "America/St_Johns")],
            "export",
            "--until",
            $"{head.Position}",
            "--out",
            second);
        (await File.ReadAllBytesAsync(second, TestContext.Current.CancellationToken))
            .ShouldBe(await File.ReadAllBytesAsync(first, TestContext.Current.CancellationToken));
        (await Service.Command("audit", "verify", "--export", first, "--head", kept))
            .ShouldContain($"All {head.Size} events are as the head of position {head.Position} says.");
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("""{"person": 3}""", "application/json", 400)]
    [InlineData("""{"from": "yesterday"}""", "application/json", 400)]
    [InlineData("null", "application/json", 400)]
    [InlineData("", "application/json", 400)]
    [InlineData("{}", "text/plain", 415)]
    public async Task a_body_that_cannot_be_understood_is_a_problem(string body, string type, int status)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, type);
        using var reply = await Service.Http.PostAsync(
            "/v1/history", content, TestContext.Current.CancellationToken);
        ((int)reply.StatusCode).ShouldBe(status);
        reply.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Theory]
    [InlineData("/v1/replay/nothing?at=1", 404)]
    [InlineData("/v1/replay/meeting_list", 400)]
    [InlineData("/v1/replay/meeting_list?at=yesterday", 400)]
    [InlineData("/v1/replay/meeting_list?at=2&and=1", 400)]
    [InlineData("/v1/history?from=yesterday", 400)]
    [InlineData("/v1/history?mailbox=nobody", 400)]
    public async Task what_cannot_be_answered_is_a_problem(string path, int status)
    {
        using var reply = await Service.Http.GetAsync(path, TestContext.Current.CancellationToken);
        ((int)reply.StatusCode).ShouldBe(status);
        reply.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    private Task<IReadOnlyList<JsonElement>> Heads() =>
        Service.Get<IReadOnlyList<JsonElement>>("/v1/audit/heads");

    private Task<IReadOnlyList<RecordedEvent>> Search(string query) =>
        Service.Lines<RecordedEvent>($"/v1/history{query}");

    private Task<IReadOnlyList<RecordedEvent>> SearchPerson(string person) =>
        Service.Lines<RecordedEvent>("/v1/history", JsonContent.Create(new { person }));
}
