namespace HybridCalendar.Contract.ExchangeLab;

/// <summary>Proves that synchronization gives each change once, newest first, in pages of any size.</summary>
public sealed class SyncTests
{
    [Fact]
    public async Task Pages_together_are_the_whole_calendar_without_repeats()
    {
        await using var lab = await LabServer.Start();
        var whole = await lab.Ask(Wire.Sync(""));
        var all = whole.ItemIds().ToList();
        all.Count.ShouldBeGreaterThan(20);
        whole.Value("IncludesLastItemInRange").ShouldBe("true");

        var paged = new List<string>();
        var state = "";
        for (var isLast = false; !isLast;)
        {
            var page = await lab.Ask(Wire.Sync(state, 7));
            paged.AddRange(page.ItemIds());
            state = page.Value("SyncState")!;
            isLast = page.Value("IncludesLastItemInRange") == "true";
        }

        paged.ShouldBe(all);
    }

    [Fact]
    public async Task What_changes_while_pages_are_read_is_created_first_and_updated_in_the_next_round()
    {
        await using var lab = await LabServer.Start();
        var uid = await lab.Book();
        var id = (await lab.Item(uid)).ItemId();
        await lab.Book();
        var page = await lab.Ask(Wire.Sync("", 1));
        await lab.Act(HttpMethod.Patch, $"/meetings/{uid}", new { subject = "Coffee" });

        var rest = await lab.Ask(Wire.Sync(page.Value("SyncState")!));
        var (_, next) = await Changes(lab, rest.Value("SyncState")!);

        rest.All("Create").Select(one => one.All("ItemId").Single().Attribute("Id")!.Value).ShouldContain(id);
        next.ShouldBe([("Update", id)]);
    }

    [Fact]
    public async Task Nothing_new_is_an_empty_answer_with_a_state()
    {
        await using var lab = await LabServer.Start();
        var state = await Synced(lab);

        var reply = await lab.Ask(Wire.Sync(state));

        reply.All("Changes").Single().Elements().ShouldBeEmpty();
        reply.Value("SyncState")!.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_booking_is_a_create_an_edit_an_update_and_a_deletion_a_delete()
    {
        await using var lab = await LabServer.Start();
        var state = await Synced(lab);

        var uid = await lab.Book();
        (state, var created) = await Changes(lab, state);
        await lab.Act(HttpMethod.Patch, $"/meetings/{uid}", new { subject = "Coffee" });
        (state, var updated) = await Changes(lab, state);
        await lab.Act(HttpMethod.Post, $"/mailboxes/{LabServer.Anna}/delete", new { uid });
        (state, var deleted) = await Changes(lab, state);
        await lab.Act(HttpMethod.Post, $"/mailboxes/{LabServer.Anna}/restore", new { uid });
        (_, var restored) = await Changes(lab, state);

        created.Single().Kind.ShouldBe("Create");
        updated.Single().ShouldBe(("Update", created.Single().Id));
        deleted.Single().ShouldBe(("Delete", created.Single().Id));
        restored.Single().Kind.ShouldBe("Create");
        restored.Single().Id.ShouldNotBe(created.Single().Id);
    }

    [Fact]
    public async Task What_came_and_went_between_two_looks_is_not_told()
    {
        await using var lab = await LabServer.Start();
        var state = await Synced(lab);
        var uid = await lab.Book();
        await lab.Act(HttpMethod.Post, $"/mailboxes/{LabServer.Anna}/delete", new { uid });

        var (_, changes) = await Changes(lab, state);

        changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_changed_occurrence_is_an_update_of_its_master()
    {
        await using var lab = await LabServer.Start();
        var uid = await lab.Book(Weekly);
        var master = (await lab.Item(uid)).Element(Wire.T + "ItemId")!.Attribute("Id")!.Value;
        var state = await Synced(lab);

        await lab.Act(HttpMethod.Delete, $"/meetings/{uid}/occurrences/2026-03-25T09:00:00Z");
        var (_, changes) = await Changes(lab, state);

        changes.ShouldBe([("Update", master)]);
    }

    [Theory]
    [InlineData("bm90IGEgc3RhdGU=")]
    [InlineData("not base64")]
    public async Task An_unknown_state_is_invalid_and_answered_with_an_empty_one(string state)
    {
        await using var lab = await LabServer.Start();

        var reply = await lab.Ask(Wire.Sync(state));

        reply.Codes().ShouldBe(["ErrorInvalidSyncStateData"]);
        reply.Value("SyncState").ShouldBe("");
        reply.Value("IncludesLastItemInRange").ShouldBe("true");
    }

    [Fact]
    public async Task An_expired_truncated_or_foreign_state_is_invalid()
    {
        await using var lab = await LabServer.Start();
        var state = await Synced(lab);

        (await lab.Ask(Wire.Sync(state), LabServer.Ben)).Codes().ShouldBe(["ErrorInvalidSyncStateData"]);
        (await lab.Ask(Wire.Sync(state[..^8]))).Codes().ShouldBe(["ErrorInvalidSyncStateData"]);
        await lab.Act(HttpMethod.Post, "/sync-states/expire");
        (await lab.Ask(Wire.Sync(state))).Codes().ShouldBe(["ErrorInvalidSyncStateData"]);
    }

    [Fact]
    public async Task More_than_512_changes_a_page_violate_the_schema()
    {
        await using var lab = await LabServer.Start();

        var fault = await lab.AskForFault(Wire.Envelope(Wire.Sync("", 513), LabServer.Anna));

        fault.Codes().ShouldBe(["ErrorSchemaValidation"]);
    }

    [Fact]
    public async Task Every_page_with_all_properties_pleases_the_schemas_and_has_no_bodies()
    {
        await using var lab = await LabServer.Start();

        var reply = await lab.Ask(Wire.Sync("", 512, "AllProperties"));

        reply.All("Body").Count().ShouldBe(1, "only the envelope has one");
        reply.All("RequiredAttendees").ShouldBeEmpty();
    }

    private static object Weekly => new
    {
        timeZone = "W. Europe Standard Time",
        recurrence = new { pattern = "weekly", daysOfWeek = new[] { "wednesday" }, count = 10 },
    };

    private static async Task<string> Synced(LabServer lab) =>
        (await lab.Ask(Wire.Sync(""))).Value("SyncState")!;

    private static async Task<(string State, List<(string Kind, string Id)> Changes)> Changes(
        LabServer lab, string state)
    {
        var reply = await lab.Ask(Wire.Sync(state));
        var changes = reply.All("Changes").Single().Elements()
            .Select(change => (change.Name.LocalName, change.All("ItemId").First().Attribute("Id")!.Value));
        return (reply.Value("SyncState")!, [.. changes]);
    }
}
