using System.Security.Cryptography;
using HybridCalendar.Domain.Audit;

namespace HybridCalendar.EndToEnd.Audit;

/// <summary>A notarized database of three heads, which each test copies and then tampers with.</summary>
public sealed class AuditedTemplate : IAsyncLifetime
{
    internal AuditedDatabase Audited { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Audited = await AuditedDatabase.Create(rounds: 3);

    public ValueTask DisposeAsync() => Audited.DisposeAsync();
}

/// <summary>
/// Nobody who can change rows can change the record unseen: what was done is named with the first event.
/// </summary>
/// <remarks>Numbers nobody got are 1, 14 and 27; heads are at 13, 26 and 39; streams take turns.</remarks>
public sealed class TamperTests(AuditedTemplate template) : IClassFixture<AuditedTemplate>
{
    private const string Events = "calendar.mt_events";
    private const string Leaves = "calendar.audit_leaf";
    private const string Heads = "calendar.audit_head";

    [Fact]
    public async Task a_record_that_nobody_touched_is_whole()
    {
        var heads = await template.Audited.Log.NewestHeads(
            long.MaxValue, 10, TestContext.Current.CancellationToken);
        heads.Select(head => head.Position).ShouldBe([39, 26, 13]);
        heads.Select(head => head.Size).ShouldBe([36, 24, 12]);

        var verdict = await template.Audited.Verify([.. heads]);

        verdict.Finding.ShouldBeNull();
        verdict.Vouched.ShouldBe(36);
        verdict.Newest.ShouldBe(heads[0]);
    }

    [Theory]
    [InlineData(
        "update " + Events + " set data = jsonb_set(data, '{code}', '\"all is well\"') where seq_id = 20",
        20,
        "was changed")]
    [InlineData(
        "update " + Events + " set type = 'mailbox_activated' where seq_id = 20",
        20,
        "was changed")]
    [InlineData(
        "update " + Events + " set timestamp = timestamp + '1 microsecond' where seq_id = 20",
        20,
        "was changed")]
    [InlineData("update " + Events + " set type = 'tombstone' where seq_id = 20", 20, "was changed")]
    [InlineData(
        "update " + Events + " set data = (repeat('[', 99) || repeat(']', 99))::jsonb where seq_id = 20",
        20,
        "was changed")]
    [InlineData(
        "update " + Events + " set timestamp = '200000-01-01' where seq_id = 20",
        null,
        "Event 20 holds what the service never stores")]
    [InlineData("update " + Events + " set id = gen_random_uuid() where seq_id = 20", 20, "was changed")]
    [InlineData("update " + Events + " set is_archived = true where seq_id = 20", 20, "was changed")]
    [InlineData("update " + Events + " set bdata = '\\x00' where seq_id = 20", 20, "was changed")]
    [InlineData("delete from " + Events + " where seq_id = 2", 2, "was removed")]
    [InlineData("delete from " + Events + " where seq_id = 20", 20, "was removed")]
    [InlineData("delete from " + Events + " where seq_id = 39", 39, "was removed")]
    [InlineData("update " + Events + " set seq_id = 14 where seq_id = 20", 14, "was put in between")]
    [InlineData(
        "update " + Leaves + " set hash = sha256('') where seq_id = 39",
        39,
        "is as it was, but its hash was rewritten")]
    [InlineData(
        "update " + Leaves + " set hash = '\\x00' where seq_id = 20",
        null,
        "stored as the hash before event 24 in its stream is none")]
    [InlineData(
        "update " + Leaves + " set seq_id = 14 where seq_id = 15",
        14,
        "a hash was moved to another position")]
    [InlineData(
        "update " + Heads + " set seq_id = 100 where seq_id = 39",
        null,
        "The head of position 39 is stored for 100")]
    [InlineData(
        "delete from " + Leaves + " where seq_id = 39",
        39,
        "is as it was, but its hash was removed")]
    [InlineData(
        "update " + Heads + " set head = replace(head, ':24}', ':23}') where seq_id = 26",
        null,
        "head of position 26 was changed")]
    [InlineData(
        "delete from " + Heads + " where seq_id = 26",
        null,
        "head of position 39 does not follow the one before it")]
    [InlineData("update " + Heads + " set head = '{}' where seq_id = 26", null, "not a signed head")]
    public async Task what_is_changed_removed_or_put_in_is_named(string sql, int? position, string what)
    {
        await using var audited = await template.Audited.Copy();
        await audited.Database.Execute(sql);

        var finding = (await audited.Verify()).Finding.ShouldNotBeNull();

        finding.What.ShouldContain(what);
        finding.Position.ShouldBe(position);
    }

    [Fact]
    public async Task an_event_that_is_put_into_a_gap_is_named()
    {
        await using var audited = await template.Audited.Copy();
        await audited.Database.Execute(
            $"""
            insert into {Events}
                (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, is_archived)
            select 27, gen_random_uuid(), stream_id, 99, data, type, timestamp, tenant_id, is_archived
            from {Events} where seq_id = 26
            """);

        var finding = (await audited.Verify()).Finding.ShouldNotBeNull();

        finding.Position.ShouldBe(27);
        finding.What.ShouldContain("was put in between");
        finding.After.ShouldBe(26);
    }

    [Fact]
    public async Task of_two_rows_that_change_places_the_first_is_named()
    {
        await using var audited = await template.Audited.Copy();
        await audited.Database.Execute(
            $"""
            update {Events} set seq_id = -seq_id where seq_id in (17, 30);
            update {Events} set seq_id = 47 + seq_id where seq_id in (-17, -30)
            """);

        var finding = (await audited.Verify()).Finding.ShouldNotBeNull();

        finding.Position.ShouldBe(17);
        finding.What.ShouldContain("was changed");
    }

    [Fact]
    public async Task an_event_that_is_changed_with_its_hash_lies_between_two_heads()
    {
        await using var audited = await template.Audited.Copy();
        const string other = "\"another\"";
        var hash = await audited.HashOf(26, other);
        await audited.Database.Execute(
            $"""
            update {Events} set data = '{other}' where seq_id = 26;
            update calendar.audit_leaf set hash = '\x{hash}' where seq_id = 26
            """);

        var finding = (await audited.Verify()).Finding.ShouldNotBeNull();

        finding.What.ShouldContain("After position 13 and up to 26, events were changed together");
        finding.After.ShouldBe(13);
    }

    [Fact]
    public async Task a_head_that_another_key_signed_is_found()
    {
        await using var audited = await template.Audited.Copy();
        using var another = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var head = (await audited.NewestHead())!;
        var tree = MerkleTree.Of(1, [Hash.Of([])]);
        var forged = SignedHead.Sign(head.Position, tree, null, head.SignedAt, another);
        await audited.Database.Execute($"update calendar.audit_head set head = '{forged}' where seq_id = 39");

        (await audited.Verify()).Finding.ShouldNotBeNull()
            .What.ShouldContain("The signed head of position 39 was signed with another key");
    }

    /// <summary>The most that somebody can do: have the service itself sign what was changed.</summary>
    [Fact]
    public async Task a_head_that_was_kept_shows_what_was_changed_and_signed_anew()
    {
        await using var audited = await template.Audited.Copy();
        var kept = (await audited.NewestHead())!;
        await audited.Database.Execute(
            $"""
            update {Events} set data = jsonb_set(data, array['code'], '"all is well"') where seq_id = 20;
            delete from calendar.audit_leaf where seq_id > 13;
            delete from calendar.audit_head where seq_id > 13
            """);
        await audited.Record();
        await audited.Notarize();

        (await audited.Verify()).Finding.ShouldBeNull();
        var finding = (await audited.Verify(kept)).Finding.ShouldNotBeNull();

        finding.What.ShouldContain("your head of that position is of others");
        finding.After.ShouldBe(13);
    }

    [Fact]
    public async Task a_head_that_was_kept_shows_that_the_end_is_missing()
    {
        await using var audited = await template.Audited.Copy();
        var kept = (await audited.NewestHead())!;
        await audited.Database.Execute(
            $"""
            delete from {Events} where seq_id > 26;
            delete from calendar.audit_leaf where seq_id > 26;
            delete from calendar.audit_head where seq_id > 26
            """);

        (await audited.Verify()).Finding.ShouldBeNull();
        (await audited.Verify(kept)).Finding.ShouldNotBeNull().What.ShouldContain(
            "The end is missing: your head of position 39 covers 36 events, of which 12 were removed");
    }
}
