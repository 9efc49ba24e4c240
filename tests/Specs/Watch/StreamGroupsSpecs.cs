using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Adapters.Exchange.Autodiscover;
using HybridCalendar.Adapters.Keys;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Host.Watch;

namespace HybridCalendar.Specs.Watch;

public class StreamGroupsSpecs
{
    private static readonly MailboxLocation Here = new(new Uri("https://a.example/EWS/Exchange.asmx"), "one");
    private static readonly MailboxLocation There = Here with { Url = new Uri("https://b.example/EWS") };
    private static readonly MailboxLocation Beside = Here with { Grouping = "two" };

    private static readonly WatchedMailbox[] All = [.. Enumerable.Range(1, 450).Select(Mailbox)];

    [Fact]
    public void Mailboxes_of_one_address_and_grouping_share_a_stream()
    {
        var groups = Form([], (All[0], Here), (All[1], There), (All[2], Here), (All[3], Beside));

        groups.Select(group => group.Location).ShouldBe([Here, There, Beside]);
        groups[0].Mailboxes.ShouldBe([All[0], All[2]]);
    }

    [Fact]
    public void A_stream_has_as_many_mailboxes_as_Exchange_allows() =>
        Everybody().Select(group => group.Mailboxes.Count).ShouldBe([200, 200, 50]);

    [Fact]
    public void Nothing_is_formed_anew_when_nobody_moves()
    {
        var groups = Everybody();

        Form(groups, [.. All.Select(one => (one, Here))]).ShouldBe(groups);
    }

    [Fact]
    public void A_mailbox_that_moves_changes_the_group_it_leaves_and_the_one_it_joins_and_no_other()
    {
        var before = Form([], [.. All.Take(400).Select(one => (one, Here)), (All[400], There)]);
        var after = Form(before, [.. All.Take(400).Skip(1).Select(one => (one, Here)),
            (All[0], There), (All[400], There)]);

        after.Intersect(before).ShouldBe([before[1]]);
        after.Single(group => group.Location == There).Mailboxes.ShouldBe([All[400], All[0]]);
        after[0].Mailboxes.ShouldBe(before[0].Mailboxes.Except([All[0]]));
    }

    [Fact]
    public void A_newcomer_fills_a_group_that_has_room()
    {
        var before = Form([], [.. All.Take(399).Select(one => (one, Here))]);
        var after = Form(before, [.. All.Take(402).Select(one => (one, Here))]);

        after.Select(group => group.Mailboxes.Count).ShouldBe([200, 200, 2]);
        after[0].ShouldBe(before[0]);
    }

    [Fact]
    public void A_mailbox_whose_place_is_not_known_has_no_stream() =>
        Form(Form([], (All[0], Here))).ShouldBeEmpty();

    private static IReadOnlyList<StreamGroup> Everybody() => Form([], [.. All.Select(one => (one, Here))]);

    private static IReadOnlyList<StreamGroup> Form(
        IReadOnlyList<StreamGroup> before,
        params (WatchedMailbox Mailbox, MailboxLocation Place)[] places) =>
        StreamGroups.Form(before, places.ToDictionary(entry => entry.Mailbox, entry => entry.Place));

    private static WatchedMailbox Mailbox(int number)
    {
        var id = new Guid(number, 0, 0, new byte[8]);
        var seal = new MailboxSeal(id, new byte[MailboxSeal.DataKeyBytes]);
        return new WatchedMailbox(new MailboxId(id), $"m{number}@lab.example", seal);
    }
}
