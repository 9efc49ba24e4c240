namespace HybridCalendar.Contract.ExchangeLab;

/// <summary>Proves exceptions with texts of their own, and messages among calendar items.</summary>
public sealed class OddItemTests
{
    private const string Farid = "farid.haddad@lab.example";
    private const string From = "2026-02-01T00:00:00Z";
    private const string To = "2026-06-01T00:00:00Z";

    [Fact]
    public async Task An_exception_has_its_own_body_and_status_and_the_series_keeps_its()
    {
        await using var lab = await LabServer.Start();
        var uid = await lab.Book(new { recurrence = new { pattern = "daily", count = 3 } });
        await lab.Act(HttpMethod.Post, $"/meetings/{uid}/occurrences/2026-03-19T09:00:00Z", new
        {
            body = "<p>Join at https://example.webex.com/meet/tea</p>",
            bodyType = "HTML",
            join = "https://example.webex.com/meet/tea",
            showAs = "oof",
        });
        await lab.Act(HttpMethod.Post, $"/meetings/{uid}/occurrences/2026-03-19T09:00:00Z",
            new { subject = "Coffee" });

        var view = await lab.Ask(Wire.FindView("2026-03-18T00:00:00Z", "2026-03-21T00:00:00Z"));
        var ours = view.All("CalendarItem").Where(item => item.Value("UID") == uid).ToList();
        var bodies = new List<string>();
        foreach (var item in ours)
        {
            var full = (await lab.Ask(Wire.GetItem(Wire.ItemId(item.ItemId())))).All("CalendarItem").Single();
            bodies.Add(full.Element(Wire.T + "Body")!.Value);
        }

        ours.Select(item => item.Value("LegacyFreeBusyStatus")).ShouldBe(["Busy", "OOF", "Busy"]);
        ours.Select(item => item.Value("Subject")).ShouldBe(["Tea", "Coffee", "Tea"]);
        bodies[1].ShouldContain("webex.com/meet/tea");
        bodies[0].ShouldBe("Bring cups.");
        bodies[2].ShouldBe(bodies[0]);
        (await lab.Item(uid)).Value("LegacyFreeBusyStatus").ShouldBe("Busy");
        var truth = (await lab.Truth(LabServer.Anna, "2026-03-18", "2026-03-21"))
            .Where(line => line.GetProperty("uid").GetString() == uid).ToList();
        truth.Select(line => line.GetProperty("showAs").GetString()).ShouldBe(["busy", "oof", "busy"]);
        truth[1].GetProperty("join").GetString().ShouldBe("https://example.webex.com/meet/tea");
        truth[0].GetProperty("join").GetString().ShouldBeNull();
    }

    [Fact]
    public async Task An_unanswered_exception_is_tentative_to_the_attendee_unless_it_is_free()
    {
        await using var lab = await LabServer.Start();
        var uid = await lab.Book(new { recurrence = new { pattern = "daily", count = 2 } });
        await lab.Act(HttpMethod.Post, $"/meetings/{uid}/occurrences/2026-03-19T09:00:00Z",
            new { showAs = "free" });

        var truth = (await lab.Truth(LabServer.Ben, "2026-03-18", "2026-03-21"))
            .Where(line => line.GetProperty("uid").GetString() == uid);

        truth.Select(line => line.GetProperty("showAs").GetString()).ShouldBe(["tentative", "free"]);
    }

    [Fact]
    public async Task A_message_in_a_calendar_folder_is_synced_and_read_but_in_no_view()
    {
        await using var lab = await LabServer.Start();
        var synced = await lab.Ask(Wire.Sync("", shape: "AllProperties"), Farid);
        var message = synced.All("Message").Single();

        var reply = await lab.Ask(Wire.GetItem(Wire.ItemId(message.ItemId())), Farid);

        var full = reply.All("Message").Single();

        full.Value("ItemClass").ShouldBe("IPM.Note");
        full.Element(Wire.T + "Body")!.Value.ShouldNotBeEmpty();
        full.All("Start").ShouldBeEmpty();
        var view = await lab.Ask(Wire.FindView(From, To), Farid);
        view.All("Message").ShouldBeEmpty();
        view.ItemIds().ShouldNotContain(message.ItemId());
        (await lab.Truth(Farid, From, To)).ShouldNotContain(line =>
            line.GetProperty("subject").GetString() == message.Value("Subject"));
        (await lab.Ask(Wire.Sync(""))).All("Message").ShouldBeEmpty();
    }
}
