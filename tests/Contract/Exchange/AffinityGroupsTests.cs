using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Adapters.Exchange.Watching;

namespace HybridCalendar.Contract.Exchange;

/// <summary>Which mailboxes share a stream.</summary>
public sealed class AffinityGroupsTests
{
    private static readonly Uri Here = new("https://mail.example.org/EWS/Exchange.asmx");
    private static readonly Uri There = new("https://mail2.example.org/EWS/Exchange.asmx");

    [Fact]
    public void only_mailboxes_of_one_address_and_one_grouping_are_together()
    {
        var keys = new Dictionary<string, AffinityKey>
        {
            ["d@example.org"] = new(Here, "one"),
            ["B@example.org"] = new(Here, "one"),
            ["a@example.org"] = new(There, "one"),
            ["c@example.org"] = new(Here, "two"),
            ["e@example.org"] = new(Here, ""),
        };
        var groups = AffinityGroups.Of(
            keys.Keys.Select(address => ScriptedExchange.Mailbox(address.Split('@')[0])),
            mailbox => keys[mailbox.Address]);

        Names(groups).ShouldBe(["e", "B d", "c", "a"]);
    }

    [Fact]
    public void groups_are_as_large_as_a_stream_may_be_and_the_anchor_is_the_first_by_alphabet()
    {
        var mailboxes = Enumerable.Range(0, 401).Select(number => ScriptedExchange.Mailbox($"m{number:000}"));
        var shuffled = mailboxes.OrderBy(mailbox => mailbox.Id.Value).ToList();

        var groups = AffinityGroups.Of(shuffled, _ => new AffinityKey(Here, ""));

        groups.Select(group => group.Count).ShouldBe([200, 200, 1]);
        groups.Select(group => group[0].Address)
            .ShouldBe(["m000@example.org", "m200@example.org", "m400@example.org"]);
        Names(AffinityGroups.Of(shuffled.AsEnumerable().Reverse(), _ => new AffinityKey(Here, "")))
            .ShouldBe(Names(groups));
    }

    [Fact]
    public void of_nobody_there_are_no_groups() =>
        AffinityGroups.Of([], _ => new AffinityKey(Here, "")).ShouldBeEmpty();

    private static IEnumerable<string> Names(IEnumerable<IReadOnlyList<WatchedMailbox>> groups) =>
        groups.Select(group => string.Join(" ", group.Select(mailbox => mailbox.Address.Split('@')[0])));
}
