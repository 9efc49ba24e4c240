using System.Xml.Linq;

namespace HybridCalendar.Contract.ExchangeLab;

/// <summary>Proves where a client's own properties are kept, and who gets to see them.</summary>
public sealed class ExtendedPropertyTests
{
    [Fact]
    public async Task An_own_property_is_given_when_it_is_asked_for_in_any_spelling()
    {
        await using var lab = await LabServer.Start();
        var uid = await lab.Book();
        var state = (await lab.Ask(Wire.Sync(""))).Value("SyncState")!;
        await Tag(lab, await lab.Item(uid), "one");
        var id = Wire.ItemId((await lab.Item(uid)).ItemId());

        (await lab.Ask(Wire.GetItem(id))).All("ExtendedProperty").ShouldBeEmpty("nobody asked");
        foreach (var spelling in new[] { WriteWire.OwnId, WriteWire.OwnIdBySet })
        {
            var shape = WriteWire.WithOwnId(spelling);
            OwnId(await lab.Ask(Wire.GetItem(id, "IdOnly", shape))).ShouldBe("one");
            OwnId(await lab.Ask(With(Wire.Sync(state), shape))).ShouldBe("one");
            OwnId((await lab.Ask(With(Wire.FindPage(0, 1000), shape))).All("CalendarItem")
                .Single(item => item.Value("UID") == uid)).ShouldBe("one");
        }

        (await lab.Item(uid, LabServer.Ben)).ShouldNotBeNull();
        var copy = Wire.ItemId((await lab.Item(uid, LabServer.Ben)).ItemId());
        OwnId(await lab.Ask(Wire.GetItem(copy, "IdOnly", WriteWire.WithOwnId()), LabServer.Ben))
            .ShouldBeNull("it does not travel");
    }

    [Fact]
    public async Task Occurrences_inherit_and_an_exception_keeps_what_it_had_when_it_was_made()
    {
        await using var lab = await LabServer.Start();
        var uid = await lab.Book(new { recurrence = new { pattern = "daily", count = 5 } });
        await Tag(lab, await lab.Item(uid), "one");
        await lab.Act(HttpMethod.Post, $"/meetings/{uid}/occurrences/2026-03-19T09:00:00Z",
            new { subject = "Late tea" });
        await Tag(lab, await lab.Item(uid), "two");

        (await Seen(lab, uid)).ShouldBe(["two", "one", "two", "two", "two"]);

        var exception = (await View(lab, uid))[1];
        await Tag(lab, exception, "three");
        (await Seen(lab, uid)).ShouldBe(["two", "three", "two", "two", "two"]);
        var id = exception.ItemId();
        var master = await lab.Item(uid);
        var path = $"<t:DeleteItemField><t:ExtendedFieldURI {WriteWire.OwnIdBySet}/></t:DeleteItemField>";
        (await lab.Ask(WriteWire.Update(master.Id(), path))).Codes().ShouldBe(["NoError"]);
        (await Seen(lab, uid)).ShouldBe([null, "three", null, null, null]);
        OwnId(await lab.Ask(Wire.GetItem(Wire.ItemId(id), "IdOnly", WriteWire.WithOwnId())))
            .ShouldBe("three");
    }

    [Fact]
    public async Task An_item_is_found_by_its_own_property()
    {
        await using var lab = await LabServer.Start();
        var uid = await lab.Book();
        await Tag(lab, await lab.Item(uid), "needle");
        string Find(string expression) => Wire.FindPage(0, 10).Replace("<m:ParentFolderIds>",
            $"<m:Restriction>{expression}</m:Restriction><m:ParentFolderIds>", StringComparison.Ordinal);
        string Is(string path, string value) => $"<t:IsEqualTo>{path}<t:FieldURIOrConstant><t:Constant "
            + $"Value=\"{value}\"/></t:FieldURIOrConstant></t:IsEqualTo>";
        var own = $"<t:ExtendedFieldURI {WriteWire.OwnIdBySet}/>";
        var subject = "<t:FieldURI FieldURI=\"item:Subject\"/>";
        async Task<IEnumerable<string?>> Found(string expression) =>
            (await lab.Ask(Find(expression))).All("CalendarItem").Select(item => item.Value("UID"));

        (await Found(Is(own, "needle"))).ShouldBe([uid]);
        (await Found(Is(own, "other"))).ShouldBeEmpty();
        (await Found($"<t:Exists>{own}</t:Exists>")).ShouldBe([uid]);
        (await Found($"<t:And>{Is(own, "needle")}{Is(subject, "Tea")}</t:And>")).ShouldBe([uid]);
        (await Found($"<t:And>{Is(own, "needle")}<t:Not>{Is(subject, "tea")}</t:Not></t:And>")).ShouldBeEmpty();
        (await Found("<t:And><t:IsGreaterThan><t:FieldURI FieldURI=\"calendar:Start\"/><t:FieldURIOrConstant>"
            + "<t:Constant Value=\"2026-03-18T10:00:00+02:00\"/></t:FieldURIOrConstant></t:IsGreaterThan>"
            + $"<t:Exists>{own}</t:Exists></t:And>")).ShouldBe([uid]);
    }

    private static string With(string request, string shape) =>
        request.Replace("</t:BaseShape>", "</t:BaseShape>" + shape, StringComparison.Ordinal);

    private static async Task Tag(LabServer lab, XElement item, string value)
    {
        var reply = await lab.Ask(WriteWire.Update(item.Id(), WriteWire.SetOwnId(value)));
        reply.Codes().ShouldBe(["NoError"], reply.ToString());
    }

    private static string? OwnId(XElement reply) =>
        reply.All("ExtendedProperty").SingleOrDefault()?.Value("Value");

    private static async Task<List<XElement>> View(LabServer lab, string uid) =>
        [.. (await lab.Ask(With(Wire.FindView("2026-03-18T00:00:00Z", "2026-03-23T00:00:00Z"),
            WriteWire.WithOwnId()))).All("CalendarItem").Where(item => item.Value("UID") == uid)];

    private static async Task<IEnumerable<string?>> Seen(LabServer lab, string uid) =>
        (await View(lab, uid)).Select(OwnId);
}
