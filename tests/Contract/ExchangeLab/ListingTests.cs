using System.Xml.Linq;

namespace HybridCalendar.Contract.ExchangeLab;

/// <summary>Proves what listings leave out, and what clients must not take for granted about items.</summary>
public sealed class ListingTests
{
    [Fact]
    public async Task Listings_cut_texts_after_255_characters_and_items_have_them_whole()
    {
        await using var lab = await LabServer.Start();
        var subject = new string('a', 300);
        var uid = await lab.Book(new { subject });

        var listed = (await lab.Ask(Wire.FindPage(0, 1000))).All("CalendarItem")
            .Single(item => item.Value("UID") == uid);

        listed.Value("Subject").ShouldBe(subject[..255]);
        (await lab.Item(uid)).Value("Subject").ShouldBe(subject);
    }

    [Fact]
    public async Task Short_pages_are_not_the_end_and_together_they_are_the_whole_folder()
    {
        await using var lab = await LabServer.Start();
        var whole = (await lab.Ask(Wire.FindPage(0, 1000))).ItemIds().ToList();
        await lab.Act(HttpMethod.Put, "/faults", new { shortPages = 0.5 });

        var (offset, found, sizes, isLast) = (0, new List<string>(), new List<int>(), false);
        while (!isLast)
        {
            var page = (await lab.Ask(Wire.FindPage(offset, 6))).All("RootFolder").Single();
            found.AddRange(page.ItemIds());
            sizes.Add(page.ItemIds().Count());
            offset = (int)page.Attribute("IndexedPagingOffset")!;
            isLast = (bool)page.Attribute("IncludesLastItemInRange")!;
        }

        found.ShouldBe(whole);
        sizes.ShouldContain(3);
        sizes.ShouldContain(6);
    }

    [Fact]
    public async Task An_item_that_sync_just_told_can_be_gone()
    {
        await using var lab = await LabServer.Start();
        await lab.Act(HttpMethod.Put, "/faults", new { goneItems = 1.0 });
        var id = (await lab.Ask(Wire.Sync("", 1))).ItemIds().Single();

        (await lab.Ask(Wire.GetItem(Wire.ItemId(id)))).Codes().ShouldBe(["ErrorItemNotFound"]);
    }

    [Fact]
    public async Task Accepting_can_delete_the_item_and_create_another()
    {
        await using var lab = await LabServer.Start();
        var uid = await lab.Book();
        var old = (await lab.Item(uid, LabServer.Ben)).ItemId();
        var state = (await lab.Ask(Wire.Sync(""), LabServer.Ben)).Value("SyncState")!;

        await lab.Act(HttpMethod.Post, $"/meetings/{uid}/respond",
            new { mailbox = LabServer.Ben, response = "accept", replaces = true });

        var changes = await lab.Ask(Wire.Sync(state), LabServer.Ben);
        changes.All("Delete").Single().Element(Wire.T + "ItemId")!.Attribute("Id")!.Value.ShouldBe(old);
        var created = changes.All("Create").Single().Elements().Single().ItemId();
        created.ShouldNotBe(old);
        (await lab.Item(uid, LabServer.Ben)).Value("MyResponseType").ShouldBe("Accept");
    }

    [Fact]
    public async Task A_view_takes_what_ends_after_its_start_and_starts_before_its_end()
    {
        await using var lab = await LabServer.Start();
        var uid = await lab.Book();

        (await Sees("2026-03-18T10:00:00Z", "2026-03-18T12:00:00Z")).ShouldBeFalse();
        (await Sees("2026-03-18T09:59:59Z", "2026-03-18T12:00:00Z")).ShouldBeTrue();
        (await Sees("2026-03-18T08:00:00Z", "2026-03-18T09:00:00Z")).ShouldBeFalse();
        (await Sees("2026-03-18T08:00:00Z", "2026-03-18T09:00:01Z")).ShouldBeTrue();

        async Task<bool> Sees(string from, string to) => (await lab.Ask(Wire.FindView(from, to)))
            .All("UID").Any((XElement one) => one.Value == uid);
    }
}
