using System.Security.Cryptography;
using CsCheck;
using HybridCalendar.Domain.Audit;
using NodaTime;

namespace HybridCalendar.Specs.Audit;

/// <summary>Whatever is done to a record, the first event that breaks it is named.</summary>
public class LogCheckSpecs
{
    private const int Most = 40;

    /// <summary>A record, and the index of one of its events that heads cover.</summary>
    private static readonly Gen<(int Events, int PerHead, int Index)> Records =
        from perHead in Gen.Int[1, 7]
        from events in Gen.Int[perHead, Most]
        from index in Gen.Int[0, events / perHead * perHead - 1]
        select (events, perHead, index);

    [Fact]
    public void A_record_that_nobody_touched_is_whole() => Records.Sample((events, perHead, _) =>
    {
        using var record = new NotarizedRecord(events, perHead);
        record.Check([.. record.Heads]).ShouldBeNull();
    });

    [Fact]
    public void An_event_that_was_changed_is_named() => Each((record, index) =>
    {
        record.Change(index, withHash: false);
        return (record.Events[index].Position, "was changed");
    });

    [Fact]
    public void An_event_that_was_removed_is_named() => Each((record, index) =>
    {
        var position = record.Events[index].Position;
        record.Events.RemoveAt(index);
        return (position, "was removed");
    });

    [Fact]
    public void An_event_that_was_put_in_between_is_named() => Each((record, index) =>
    {
        var position = record.Events[index].Position - 1;
        record.Events.Insert(index, NotarizedRecord.Make(position, stream: 9, version: 1));
        return (position, "was put in between");
    });

    [Fact]
    public void Events_that_were_swapped_are_named_by_the_first() => Each((record, index) =>
    {
        var (one, other) = (record.Events[index], record.Events[(index + 1) % record.Events.Count]);
        record.Events[record.Events.IndexOf(other)] = other with { Data = "\"swapped\""u8.ToArray() };
        record.Events[index] = one with { Data = "\"swapped too\""u8.ToArray() };
        return (Math.Min(one.Position, other.Position), "was changed");
    });

    [Fact]
    public void A_hash_that_was_rewritten_is_named_by_its_event() => Each((record, index) =>
    {
        record.Hashes[record.Events[index].Position] = default;
        return (record.Events[index].Position, "its hash");
    });

    [Fact]
    public void A_hash_that_was_rewritten_is_told_from_an_event_that_was_changed()
    {
        using var record = new NotarizedRecord(6, 3);
        record.Hashes[record.Events[2].Position] = default;
        record.Check().ShouldNotBeNull().What.ShouldContain("is as it was, but its hash was rewritten");
    }

    [Fact]
    public void A_hash_that_was_moved_to_where_nobody_was_is_found()
    {
        using var record = new NotarizedRecord(6, 3);
        var position = record.Events[2].Position;
        record.Hashes[position - 1] = record.Hashes[position];
        record.Hashes.Remove(position);
        record.Check().ShouldNotBeNull().What.ShouldContain("a hash was moved to another position");
    }

    [Fact]
    public void Events_that_were_changed_with_their_hashes_are_bounded_by_the_heads_around() =>
        Unnamed((record, index) => record.Change(index, withHash: true), "changed together");

    [Fact]
    public void Events_that_were_removed_with_their_hashes_are_bounded_by_the_heads_around() =>
        Unnamed(
            (record, index) =>
            {
                record.Hashes.Remove(record.Events[index].Position);
                record.Events.RemoveAt(index);
                record.RewriteHashes(index);
            },
            "removed with their hashes");

    [Fact]
    public void Events_that_were_put_in_with_their_hashes_are_bounded_by_the_heads_around() =>
        Unnamed(
            (record, index) =>
            {
                var position = record.Events[index].Position - 1;
                record.Events.Insert(index, NotarizedRecord.Make(position, stream: 9, version: 1));
                record.RewriteHashes(index);
            },
            "put in with their hashes");

    [Fact]
    public void When_the_newest_events_hashes_and_heads_are_gone_the_head_that_was_kept_tells() =>
        Records.Sample((events, perHead, _) =>
        {
            using var record = new NotarizedRecord(events, perHead);
            var yours = record.Heads[^1];
            record.Heads.RemoveAt(record.Heads.Count - 1);
            while (record.Events.Count >= yours.Size)
            {
                record.Hashes.Remove(record.Events[^1].Position);
                record.Events.RemoveAt(record.Events.Count - 1);
            }

            record.Check().ShouldBeNull();
            record.Check(yours).ShouldNotBeNull().What.ShouldContain("The end is missing: your head");
        });

    [Fact]
    public void A_head_that_was_changed_signed_by_another_or_removed_is_found()
    {
        using var record = new NotarizedRecord(12, 3);
        using var another = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var kept = record.Heads.ToArray();

        record.Heads[1] = kept[1] with { SignedAt = kept[1].SignedAt + Duration.Epsilon };
        record.Check().ShouldNotBeNull().What.ShouldContain("position 12 was changed");

        record.Heads[1] = SignedHead.Sign(12, new MerkleTree(), kept[0], kept[1].SignedAt, another);
        record.Check().ShouldNotBeNull().What.ShouldContain("position 12 was signed with another key");

        record.Heads.RemoveAt(1);
        record.Check().ShouldNotBeNull().What.ShouldContain("position 18 does not follow");
    }

    [Fact]
    public void What_is_not_notarized_yet_is_counted_and_no_complaint()
    {
        using var record = new NotarizedRecord(7, 3);
        record.Events.Add(NotarizedRecord.Make(99, stream: 9, version: 1));
        record.Check().ShouldBeNull();
    }

    private static void Each(Func<NotarizedRecord, int, (long Position, string What)> tamper) =>
        Records.Sample((events, perHead, index) =>
        {
            using var record = new NotarizedRecord(events, perHead);
            var (position, what) = tamper(record, index);
            var finding = record.Check().ShouldNotBeNull();
            finding.Position.ShouldBe(position);
            finding.What.ShouldContain(what);
            finding.After.ShouldBeLessThan(position);
        });

    private static void Unnamed(Action<NotarizedRecord, int> tamper, string what) =>
        Records.Sample((events, perHead, index) =>
        {
            using var record = new NotarizedRecord(events, perHead);
            var position = record.Events[index].Position;
            tamper(record, index);
            var finding = record.Check().ShouldNotBeNull();
            finding.Position.ShouldBeNull();
            finding.After.ShouldBeLessThan(position);
            var before = record.Heads.LastOrDefault(head => head.Position < position);
            finding.After.ShouldBe(before?.Position ?? 0);
            finding.What.ShouldContain(what);
        });
}
