using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using HybridCalendar.Host.Audit;

namespace HybridCalendar.EndToEnd.Audit;

/// <summary>An export is the same for ever, and can be verified by itself.</summary>
public sealed partial class ExportTests(AuditedTemplate template) : IClassFixture<AuditedTemplate>
{
    [Theory]
    [InlineData(0, 39, 36, 3)]
    [InlineData(0, 13, 12, 1)]
    [InlineData(5, 20, 14, 2)]
    [InlineData(13, 26, 12, 2)]
    [InlineData(38, 39, 1, 1)]
    public async Task any_range_can_be_verified_without_the_rest(
        int after, int until, int count, int fittingHeads)
    {
        var export = await template.Audited.Export(after, until);
        var heads = await template.Audited.Log.NewestHeads(
            long.MaxValue, 10, TestContext.Current.CancellationToken);
        var check = new ExportCheck(Keys, heads);

        check.Wrong(new StringReader(export)).ShouldBeNull();

        check.Count.ShouldBe(count);
        check.Fitting.ShouldBe(fittingHeads);
        check.Head.ShouldNotBeNull().Position.ShouldBeGreaterThanOrEqualTo(until);
        export.Count(c => c == '\n').ShouldBe(count + 2);
    }

    [Fact]
    public async Task the_same_range_gives_the_same_bytes_whatever_became_of_the_database()
    {
        var first = await template.Audited.Export(5, 30);
        await using var copy = await template.Audited.Copy();
        await copy.Record();
        await copy.Notarize();
        await copy.Database.Execute("vacuum full calendar.mt_events");
        await copy.Database.Execute(
            $"""
            alter database {copy.Database.Name} set timezone = 'Asia/Kathmandu';
            alter database {copy.Database.Name} set datestyle = 'German';
            alter database {copy.Database.Name} set extra_float_digits = -5;
            alter database {copy.Database.Name} set bytea_output = 'escape'
            """);
        await using var again = await copy.Copy();

        (await again.Export(5, 30)).ShouldBe(first);
    }

    [Fact]
    public async Task nothing_of_an_export_can_be_changed_unseen()
    {
        var export = await template.Audited.Export(5, 20);
        var lines = export.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        for (var line = 0; line < lines.Length; line++)
        {
            Wrong(lines.Where((_, index) => index != line)).ShouldNotBeNull($"without line {line}");
        }

        for (var line = 1; line < lines.Length - 1; line++)
        {
            var changed = lines[line].Replace("code", "edoc", StringComparison.Ordinal);
            changed.ShouldNotBe(lines[line]);
            Wrong([.. lines[..line], changed, .. lines[(line + 1)..]]).ShouldNotBeNull($"line {line}");
            Wrong([.. lines[..line], lines[line], .. lines[line..]]).ShouldNotBeNull($"line {line} twice");
        }

        Wrong([.. lines, lines[1]]).ShouldNotBeNull("another event at the end");
        Wrong(lines).ShouldBeNull();
    }

    [Theory]
    [InlineData(5, 19, "\"until\":19", "\"until\":20", "end")]
    [InlineData(6, 20, "\"after\":6", "\"after\":5", "beginning")]
    [InlineData(5, 20, "\"before\":{", "\"before\":null,\"other\":{", "beginning")]
    [InlineData(5, 20, "\"next\":{", "\"next\":null,\"other\":{", "end")]
    public async Task what_is_left_out_at_an_end_of_the_range_is_missed(
        int after, int until, string part, string forged, string where)
    {
        var export = (await template.Audited.Export(after, until)).Replace(
            part, forged, StringComparison.Ordinal);
        var lines = export.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var sum = Convert.ToHexStringLower(SHA256.HashData(
            Encoding.UTF8.GetBytes(string.Join('\n', lines[..^1]) + "\n")));
        lines[^1] = HashOfLines().Replace(lines[^1], $"\"hash\":\"{sum}\"", 1);

        Wrong(lines).ShouldBe($"Events at its {where} were left out, or are not of its range.");
    }

    [Fact]
    public async Task a_head_that_was_kept_shows_that_an_export_is_of_what_was_changed_and_signed_anew()
    {
        await using var audited = await template.Audited.Copy();
        var kept = (await audited.NewestHead())!;
        await audited.Database.Execute(
            """
            update calendar.mt_events set type = 'mailbox_activated' where seq_id = 20;
            delete from calendar.audit_leaf where seq_id > 13;
            delete from calendar.audit_head where seq_id > 13
            """);
        await audited.Record();
        await audited.Notarize();
        var export = await audited.Export(0, null);

        new ExportCheck(Keys, []).Wrong(new StringReader(export)).ShouldBeNull();
        new ExportCheck(Keys, [kept]).Wrong(new StringReader(export))
            .ShouldBe("Your head of position 39 is of others.");
    }

    [Fact]
    public async Task an_event_of_an_export_that_was_changed_is_named_by_the_next_of_its_stream()
    {
        var lines = (await template.Audited.Export(0, 26)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines[1] = lines[1].Replace("Zürich", "Bern", StringComparison.Ordinal);

        Wrong(lines).ShouldNotBeNull().ShouldStartWith("Event 2 was changed");
    }

    [Fact]
    public async Task an_export_that_another_key_signed_is_refused()
    {
        var export = await template.Audited.Export(0, 39);

        new ExportCheck(new HashSet<string>(), []).Wrong(new StringReader(export))
            .ShouldNotBeNull().ShouldContain("key");
    }

    [Theory]
    [InlineData(0, 40)]
    [InlineData(20, 20)]
    public async Task what_is_not_signed_yet_or_empty_is_not_exported(int after, int until) =>
        (await Should.ThrowAsync<ExportException>(() => template.Audited.Export(after, until)))
            .Message.ShouldContain("39");

    [Theory]
    [InlineData("update calendar.mt_events set type = 'mailbox_activated' where seq_id = 20")]
    [InlineData("delete from calendar.mt_events where seq_id = 20")]
    [InlineData("delete from calendar.mt_events where seq_id = 26")]
    [InlineData("delete from calendar.audit_leaf where seq_id = 20")]
    public async Task what_was_tampered_with_is_not_exported(string sql)
    {
        await using var audited = await template.Audited.Copy();
        await audited.Database.Execute(sql);

        (await Should.ThrowAsync<ExportException>(() => audited.Export(13, 26)))
            .Message.ShouldContain("see audit verify");
    }

    private IReadOnlySet<string> Keys => new HashSet<string> { template.Audited.PublicKey };

    private string? Wrong(IEnumerable<string> lines) => new ExportCheck(Keys, []).Wrong(
        new StringReader(new StringBuilder().AppendJoin('\n', lines).Append('\n').ToString()));

    [GeneratedRegex("\"hash\":\"[0-9a-f]{64}\"")]
    private static partial Regex HashOfLines();
}
