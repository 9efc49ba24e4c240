using System.Text.Json;
using System.Xml.Linq;
using HybridCalendar.ExchangeLab.Model;

namespace HybridCalendar.Contract.ExchangeLab;

/// <summary>Proves that a seed is a whole organization, and that EWS and the truth never disagree.</summary>
public sealed class SeedTests
{
    private const string From = "2026-03-02T00:00:00Z";
    private const string To = "2026-04-27T00:00:00Z";
    private const int ChangesCount = 300;

    [Fact]
    public async Task The_same_seed_and_day_give_the_same_bytes_and_another_seed_does_not()
    {
        var first = await Everything("1");

        (await Everything("1")).ShouldBe(first);
        (await Everything("2")).ShouldNotBe(first);
    }

    [Fact]
    public async Task An_organization_may_have_fewer_people_but_not_too_few()
    {
        await using var lab = await LabServer.Start("--Lab:People", "8");

        (await lab.Act(HttpMethod.Get, "/mailboxes")).EnumerateArray()
            .Count(one => one.GetProperty("kind").GetString() == "user").ShouldBe(8);

        (await Should.ThrowAsync<LabRefusal>(() => LabServer.Start("--Lab:People", "7")))
            .Message.ShouldBe("Lab:People is 7: give 8 to 25.");
    }

    [Fact]
    public async Task The_organization_has_people_rooms_ways_to_join_and_ways_not_to()
    {
        await using var lab = await LabServer.Start();
        var mailboxes = (await lab.Act(HttpMethod.Get, "/mailboxes")).EnumerateArray().ToList();
        mailboxes.Count(one => one.GetProperty("kind").GetString() == "user").ShouldBe(25);
        mailboxes.Count(one => one.GetProperty("kind").GetString() == "room").ShouldBe(5);

        var lines = new List<JsonElement>();
        foreach (var mailbox in mailboxes)
        {
            lines.AddRange(await lab.Truth(mailbox.GetProperty("address").GetString()!, From, To));
        }

        var joins = lines.Select(line => line.GetProperty("join").GetString()).ToList();
        string[] services = ["webex.com", "teams.microsoft.com", "zoom.us", "meet.google.com", "sip:"];
        foreach (var service in services)
        {
            joins.ShouldContain(join => join != null && join.Contains(service), service);
        }

        joins.ShouldContain((string?)null);
        lines.ShouldContain(line => line.GetProperty("cancelled").GetBoolean());
        lines.ShouldContain(line => line.GetProperty("allDay").GetBoolean());
        lines.ShouldContain(line => line.GetProperty("sensitivity").GetString() == "private");
        lines.ShouldContain(line => line.GetProperty("start").GetString()
            != line.GetProperty("originalStart").GetString() && line.GetProperty("isSeries").GetBoolean());
    }

    [Fact]
    public async Task After_hundreds_of_random_changes_ews_still_shows_the_truth()
    {
        await using var lab = await LabServer.Start();
        for (var seed = 0; seed < ChangesCount; seed++)
        {
            var reply = await lab.Act(HttpMethod.Post, $"/changes/random?seed={seed}");
            reply.GetProperty("description").GetString()!.ShouldNotStartWith("Nothing");
        }

        foreach (var mailbox in new[] { LabServer.Anna, LabServer.Ben, LabServer.Carla, LabServer.Room })
        {
            var truth = await lab.Truth(mailbox, From, To);
            var found = (await lab.Ask(Wire.FindView(From, To), mailbox)).All("CalendarItem").ToList();

            found.Select(Shown).Order(StringComparer.Ordinal).ShouldBe(
                truth.Select(Shown).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task The_same_changes_from_the_same_state_end_the_same()
    {
        var ends = new List<string>();
        for (var run = 0; run < 2; run++)
        {
            await using var lab = await LabServer.Start();
            for (var seed = 0; seed < 50; seed++)
            {
                await lab.Act(HttpMethod.Post, $"/changes/random?seed={seed}");
            }

            ends.Add(JsonSerializer.Serialize(await lab.Truth(LabServer.Anna, From, To)));
        }

        ends[0].ShouldBe(ends[1]);
    }

    [Fact]
    public async Task A_refused_wish_is_a_problem_with_a_sentence_that_says_what_to_do()
    {
        await using var lab = await LabServer.Start();

        using var reply = await lab.Http.PostAsync("/lab/meetings/nothing/cancel", null, LabServer.Stop);

        ((int)reply.StatusCode).ShouldBe(404);
        reply.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await reply.Content.ReadAsStringAsync(LabServer.Stop)).ShouldContain("give a uid");
    }

    [Fact]
    public async Task An_occurrence_cannot_pass_its_neighbour()
    {
        await using var lab = await LabServer.Start();
        var uid = await lab.Book(new { recurrence = new { pattern = "daily", count = 5 } });

        using var reply = await lab.Http.PostAsync(
            $"/lab/meetings/{uid}/occurrences/2026-03-19T09:00:00Z",
            new StringContent("{\"start\":\"2026-03-20T12:00:00Z\"}", null, "application/json"),
            LabServer.Stop);

        var problem = await reply.Content.ReadAsStringAsync(LabServer.Stop);
        problem.ShouldContain("ErrorOccurrenceCrossingBoundary");
    }

    private static string Shown(JsonElement line) => string.Join(" | ",
        line.GetProperty("uid").GetString(), line.GetProperty("start").GetString(),
        line.GetProperty("end").GetString(), line.GetProperty("subject").GetString(),
        line.GetProperty("location").GetString(), line.GetProperty("showAs").GetString()!.ToUpperInvariant(),
        line.GetProperty("myResponse").GetString()!.ToUpperInvariant());

    private static string Shown(XElement item) => string.Join(" | ",
        item.Value("UID"), item.Value("Start"), item.Value("End"), item.Value("Subject"),
        item.Value("Location"), item.Value("LegacyFreeBusyStatus")!.ToUpperInvariant(),
        item.Value("MyResponseType")!.ToUpperInvariant());

    private static async Task<string> Everything(string seed)
    {
        await using var lab = await LabServer.Start("--Lab:Seed", seed);
        var text = "";
        foreach (var mailbox in new[] { LabServer.Anna, LabServer.Ben, LabServer.Room })
        {
            text += JsonSerializer.Serialize(await lab.Truth(mailbox, From, To));
            text += await lab.Ask(Wire.FindView(From, To), mailbox);
        }

        return text;
    }
}
