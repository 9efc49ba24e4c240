namespace HybridCalendar.Contract.ExchangeLab;

/// <summary>Proves what becomes of a write to an item that somebody else has written meanwhile.</summary>
public sealed class ConflictTests
{
    private const string Subject = "<t:Subject>Cake</t:Subject>";

    [Theory]
    [InlineData("NeverOverwrite", "ErrorIrresolvableConflict")]
    [InlineData("AutoResolve", "NoError")]
    [InlineData("AlwaysOverwrite", "NoError")]
    public async Task A_stale_change_key_meets_the_mode_of_the_write(string mode, string code)
    {
        await using var lab = await LabServer.Start();
        var uid = await lab.Book();
        var seen = await lab.Item(uid);
        await lab.Act(HttpMethod.Patch, $"/meetings/{uid}", new { subject = "Water" });

        var reply = await lab.Ask(
            WriteWire.Update(seen.Id(), WriteWire.Set("item:Subject", Subject), mode));

        reply.Codes().ShouldBe([code]);
        (await lab.Item(uid)).Value("Subject").ShouldBe(code == "NoError" ? "Cake" : "Water");
        if (code == "NoError")
        {
            reply.Value("Count").ShouldBe(mode == "AutoResolve" ? "1" : "0");
        }
    }

    [Fact]
    public async Task Resolving_counts_only_properties_that_both_changed_and_keeps_the_stricter_sensitivity()
    {
        await using var lab = await LabServer.Start();
        var uid = await lab.Book();
        var seen = await lab.Item(uid);
        var others = new { location = "Roof", sensitivity = "private" };
        await lab.Act(HttpMethod.Patch, $"/meetings/{uid}", others);
        var changes = WriteWire.Set("item:Subject", Subject)
            + WriteWire.Set("item:Sensitivity", "<t:Sensitivity>Personal</t:Sensitivity>");

        var reply = await lab.Ask(WriteWire.Update(seen.Id(), changes, "AutoResolve"));

        reply.Value("Count").ShouldBe("1");
        var item = await lab.Item(uid);
        item.Value("Subject").ShouldBe("Cake");
        item.Value("Location").ShouldBe("Roof");
        item.Value("Sensitivity").ShouldBe("Private");
    }

    [Theory]
    [InlineData("NeverOverwrite", null, "ErrorChangeKeyRequiredForWriteOperations")]
    [InlineData("AutoResolve", null, "ErrorChangeKeyRequiredForWriteOperations")]
    [InlineData("AlwaysOverwrite", null, "NoError")]
    [InlineData("AutoResolve", "AAAA", "ErrorInvalidChangeKey")]
    public async Task A_change_key_is_asked_for_and_looked_at(string mode, string? key, string code)
    {
        await using var lab = await LabServer.Start();
        var id = (await lab.Item(await lab.Book())).ItemId();
        var element = $"<t:ItemId Id=\"{id}\"{(key is null ? "" : $" ChangeKey=\"{key}\"")}/>";

        (await lab.Ask(WriteWire.Update(element, WriteWire.Set("item:Subject", Subject), mode)))
            .Codes().ShouldBe([code]);
    }

    [Fact]
    public async Task Nothing_is_merged_with_a_version_that_is_long_past()
    {
        await using var lab = await LabServer.Start();
        var uid = await lab.Book();
        var seen = await lab.Item(uid);
        for (var turn = 0; turn < 20; turn++)
        {
            await lab.Act(HttpMethod.Patch, $"/meetings/{uid}", new { location = $"Room {turn}" });
        }

        (await lab.Ask(WriteWire.Update(seen.Id(), WriteWire.Set("item:Subject", Subject), "AutoResolve")))
            .Codes().ShouldBe(["ErrorStaleObject"]);
    }
}
