using System.Security.Cryptography;
using HybridCalendar.Host.Audit;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace HybridCalendar.EndToEnd.Audit;

/// <summary>What the notary signs and refuses to sign, whatever became of key and record.</summary>
public sealed class NotaryTests(AuditedTemplate template) : IClassFixture<AuditedTemplate>
{
    private const string TakeBack = """
        delete from calendar.mt_events where seq_id > 26;
        delete from calendar.audit_leaf where seq_id > 26;
        delete from calendar.audit_head where seq_id > 26
        """;

    [Fact]
    public async Task nothing_is_signed_on_top_of_a_head_of_another_key()
    {
        await using var audited = await template.Audited.Copy();
        using var another = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var head = (await audited.NewestHead())!;
        await audited.Record();

        var trouble = await audited.TroubleOfNotary(another);

        trouble.ShouldContain("position 39 was not signed with the key in Audit__KeyFile");
        (await audited.NewestHead()).ShouldBe(head);
        (await audited.Verify()).Unsigned.ShouldBe(12);
    }

    [Fact]
    public async Task a_new_key_goes_on_where_the_former_one_is_named_and_verifies_with_both()
    {
        await using var audited = await template.Audited.Copy();
        using var another = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var former = Path.GetTempFileName();
        await File.WriteAllTextAsync(
            former,
            PemEncoding.WriteString("PUBLIC KEY", Convert.FromBase64String(audited.PublicKey)),
            TestContext.Current.CancellationToken);
        var kept = (await audited.NewestHead())!;
        await audited.Record();

        await audited.Notarize(another, former);

        File.Delete(former);
        var newer = (await audited.NewestHead())!;
        newer.PublicKey.ShouldNotBe(kept.PublicKey);
        (await audited.Verify([kept.PublicKey, newer.PublicKey], kept)).Finding.ShouldBeNull();
        var finding = (await audited.Verify(kept)).Finding.ShouldNotBeNull();
        finding.What.ShouldContain($"position {newer.Position} was signed with another key");
        finding.After.ShouldBe(kept.Position);
    }

    [Fact]
    public async Task a_head_of_a_time_to_come_does_not_put_off_the_next()
    {
        await using var audited = await template.Audited.Copy();
        await audited.Record();
        await audited.Notarize(clock: new ShiftedTime(TimeSpan.FromDays(400)));
        await audited.Record();

        await audited.Notarize();

        (await audited.Verify()).Finding.ShouldBeNull();
    }

    [Fact]
    public async Task a_record_that_is_set_back_while_the_notary_works_is_not_signed_until_it_starts_again()
    {
        await using var audited = await template.Audited.Copy();
        await audited.Record();
        var trouble = "";
        await audited.Notarize(meanwhile: async notary =>
        {
            await audited.Database.Execute(TakeBack);
            trouble = await AuditedDatabase.TroubleOf(notary);
        });

        trouble.ShouldContain("position 52 is no longer stored: the record was set back");
        (await audited.NewestHead())!.Position.ShouldBe(26);
        await audited.Record();
        await audited.Notarize();
        (await audited.Verify()).Finding.ShouldBeNull();
    }

    [Fact]
    public async Task after_an_older_backup_heads_from_before_it_fit_and_later_ones_tell_what_is_missing()
    {
        await using var audited = await template.Audited.Copy();
        var heads = await audited.Log.NewestHeads(long.MaxValue, 10, TestContext.Current.CancellationToken);
        await audited.Database.Execute(TakeBack);
        await audited.Record();
        await audited.Notarize();

        (await audited.Verify(heads[1], heads[2])).Finding.ShouldBeNull();
        var finding = (await audited.Verify(heads[0])).Finding.ShouldNotBeNull();

        finding.What.ShouldContain("your head of that position is of others");
        finding.After.ShouldBe(26);
    }

    [Fact]
    public async Task health_tells_when_nobody_signs()
    {
        await using var audited = await template.Audited.Copy();
        var later = new ShiftedTime(TimeSpan.FromMinutes(10));
        (await audited.Health(later)).Status.ShouldBe(HealthStatus.Healthy);
        await audited.Record();

        (await audited.Health(TimeProvider.System)).Status.ShouldBe(HealthStatus.Healthy);
        var health = await audited.Health(later);

        health.Status.ShouldBe(HealthStatus.Unhealthy);
        health.Description.ShouldNotBeNull().ShouldContain("no process does it since");
    }

    [Fact]
    public async Task an_event_that_was_made_a_tombstone_before_it_was_hashed_is_named()
    {
        await using var audited = await template.Audited.Copy();
        await audited.Record();
        await audited.Database.Execute(
            "update calendar.mt_events set type = 'tombstone' where seq_id = 45");
        await audited.Notarize();

        var finding = (await audited.Verify()).Finding.ShouldNotBeNull();

        finding.Position.ShouldBe(45);
        finding.What.ShouldContain("was changed");
    }

    [Fact]
    public async Task tombstones_that_appends_left_are_part_of_the_record()
    {
        await using var audited = await template.Audited.Copy();
        await audited.FailToRecord();
        await audited.Record();
        await audited.FailToRecord();
        await audited.FailToRecord();
        await audited.Notarize();

        var verdict = await audited.Verify();

        verdict.Finding.ShouldBeNull();
        verdict.Vouched.ShouldBe(51);
        var export = new StringReader(await audited.Export(0, null));
        new ExportCheck(new HashSet<string> { audited.PublicKey }, []).Wrong(export).ShouldBeNull();
    }

    private sealed class ShiftedTime(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }
}
