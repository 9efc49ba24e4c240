using System.Text.Json;
using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Adapters.Exchange.Operations;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Domain.Time;
using NodaTime;
using NodaTime.Text;

namespace HybridCalendar.Contract.Exchange;

/// <summary>The client against a model of Exchange that behaves, over real HTTP.</summary>
public sealed class LabTests
{
    private const string Window = "from=2026-10-20&to=2026-12-20";

    private static readonly Instant From = Instant.FromUtc(2026, 10, 20, 0, 0);
    private static readonly Instant To = Instant.FromUtc(2026, 12, 20, 0, 0);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task all_pages_of_every_mailbox_together_are_its_calendar()
    {
        await using var lab = await LabExchange.Start();
        var entries = 0;
        foreach (var mailbox in (await lab.Get("mailboxes")).EnumerateArray())
        {
            var address = mailbox.GetProperty("address").GetString()!;
            var seal = lab.Mailbox(address).Seal;
            var (items, _) = await lab.ReadAll(address);
            items.ShouldAllBe(item => item is ItemRead.Meeting);
            var read = items.Cast<ItemRead.Meeting>().SelectMany(meeting => Lines(
                meeting.Facts, sealedText => sealedText is null ? "" : seal.Open(sealedText))).Order();
            var truth = await lab.Get($"mailboxes/{address}/calendar?{Window}");
            entries += truth.GetArrayLength();
            read.ShouldBe(truth.EnumerateArray().Select(Line).Order());
        }

        entries.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public async Task what_the_server_expands_is_what_its_calendar_holds()
    {
        await using var lab = await LabExchange.Start();
        var request = new EwsRequest("FindItem", LabExchange.Anna, xml => FindItem.Write(xml, From, To));
        var reply = await lab.Calendars.Client.Call(request, FindItem.Read, Cancellation);
        var view = reply.ShouldBeOfType<Reply<CalendarView>.Answer>().Value;
        var truth = await lab.Get($"mailboxes/{LabExchange.Anna}/calendar?{Window}");
        view.Items.Select(item => item.Start).Order()
            .ShouldBe(truth.EnumerateArray().Select(line => line.GetProperty("start").GetString()).Order());
        view.IsComplete.ShouldBeTrue();
    }

    [Fact]
    public async Task a_folder_is_found_and_an_id_has_another_spelling()
    {
        await using var lab = await LabExchange.Start();
        var client = lab.Calendars.Client;
        var folder = await client.Call(
            new EwsRequest("GetFolder", LabExchange.Anna, GetFolder.Write), GetFolder.Read, Cancellation);
        folder.ShouldBeOfType<Reply<Folder>.Answer>();
        var id = (await lab.ReadAll(LabExchange.Anna)).Items[0].ItemId;
        var request = new EwsRequest(
            "ConvertId",
            LabExchange.Anna,
            xml => ConvertId.Write(xml, id, "EwsId", "HexEntryId", LabExchange.Anna));
        var hex = (await client.Call(request, ConvertId.Read, Cancellation))
            .ShouldBeOfType<Reply<string>.Answer>().Value;
        hex.ShouldAllBe(c => char.IsAsciiHexDigit(c));
    }

    [Fact]
    public async Task after_a_change_only_what_changed_is_read()
    {
        await using var lab = await LabExchange.Start();
        var (_, cursor) = await lab.ReadAll(LabExchange.Anna);
        var uid = await SingleMeeting(lab);
        await lab.Do(HttpMethod.Patch, $"meetings/{uid}", new { subject = "Another one" });

        var changed = (await lab.ReadAll(LabExchange.Anna, cursor)).Items.ShouldHaveSingleItem();

        var meeting = changed.ShouldBeOfType<ItemRead.Meeting>();
        meeting.GlobalId.ShouldBe(uid);
        lab.Mailbox(LabExchange.Anna).Seal.Open(meeting.Facts.Title!).ShouldBe("Another one");

        var (_, next) = await lab.ReadAll(LabExchange.Anna, cursor);
        await lab.Do(HttpMethod.Post, $"mailboxes/{LabExchange.Anna}/delete", new { uid });
        (await lab.ReadAll(LabExchange.Anna, next)).Items.ShouldBe([new ItemRead.Removed(meeting.ItemId)]);
    }

    [Fact]
    public async Task a_cursor_that_has_expired_is_gone()
    {
        await using var lab = await LabExchange.Start();
        var (_, cursor) = await lab.ReadAll(LabExchange.Anna);
        await lab.Do(HttpMethod.Post, "sync-states/expire");
        var reply = await lab.Calendars.ReadChanges(lab.Mailbox(LabExchange.Anna), cursor, [], Cancellation);
        reply.ShouldBeOfType<Reply<CalendarPage>.Gone>();
    }

    [Fact]
    public async Task automatic_replies_are_read()
    {
        await using var lab = await LabExchange.Start();
        await lab.Do(HttpMethod.Put, $"mailboxes/{LabExchange.Anna}/automatic-replies", new
        {
            state = "scheduled",
            start = "2026-12-01T08:00:00Z",
            end = "2026-12-05T17:00:00Z",
        });
        var reply = await lab.Calendars.ReadAutomaticReplies(lab.Mailbox(LabExchange.Anna), Cancellation);
        reply.ShouldBe(new Reply<AutomaticReplies>.Answer(new AutomaticReplies(
            AutomaticRepliesState.Scheduled,
            Instant.FromUtc(2026, 12, 1, 8, 0),
            Instant.FromUtc(2026, 12, 5, 17, 0))));
    }

    [Fact]
    public async Task a_mailbox_that_does_not_exist_is_a_refusal()
    {
        await using var lab = await LabExchange.Start();
        var reply =
            await lab.Calendars.ReadChanges(lab.Mailbox("nobody@lab.example"), null, [], Cancellation);
        reply.ShouldBeOfType<Reply<CalendarPage>.Refused>().Code.ShouldBe("ErrorNonExistentMailbox");
    }

    [Theory]
    [InlineData("fault")]
    [InlineData("response")]
    [InlineData("inner")]
    [InlineData("http503")]
    public async Task while_the_server_is_busy_nothing_is_sent(string carrier)
    {
        await using var lab = await LabExchange.Start();
        var faults = new { busy = 1, busyBackOffMilliseconds = 60000, busyCarrier = carrier };
        await lab.Do(HttpMethod.Put, "faults", faults);
        for (var turn = 0; turn < 3; turn++)
        {
            var reply =
                await lab.Calendars.ReadChanges(lab.Mailbox(LabExchange.Anna), null, [], Cancellation);
            reply.ShouldBeOfType<Reply<CalendarPage>.Busy>();
        }

        var statistics = await lab.Get("statistics");
        statistics.GetProperty("busyAnswers").GetInt32().ShouldBe(1);
        statistics.GetProperty("requestsDuringBackOff").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task unreadable_items_and_illegal_characters_do_not_hinder_the_others()
    {
        await using var lab = await LabExchange.Start();
        await lab.Do(HttpMethod.Put, "faults", new { malformedItems = 0.3, illegalCharacters = true });
        var (items, _) = await lab.ReadAll(LabExchange.Anna);
        items.OfType<ItemRead.Unreadable>().ShouldNotBeEmpty();
        items.OfType<ItemRead.Unreadable>().ShouldAllBe(item => item.Reason.Contains("Start"));
        items.OfType<ItemRead.Meeting>().ShouldNotBeEmpty();

        await lab.Do(HttpMethod.Put, "faults");
        var again = items.OfType<ItemRead.Unreadable>().Select(item => item.ItemId).ToList();
        var (_, cursor) = await lab.ReadAll(LabExchange.Anna);
        var reply =
            await lab.Calendars.ReadChanges(lab.Mailbox(LabExchange.Anna), cursor, again, Cancellation);
        var page = reply.ShouldBeOfType<Reply<CalendarPage>.Answer>().Value;
        page.Items.Select(item => (item.ItemId, item is ItemRead.Meeting))
            .ShouldBe(again.Select(id => (id, true)));
    }

    internal static async Task<string> SingleMeeting(LabExchange lab) =>
        (await lab.Get($"mailboxes/{LabExchange.Anna}/calendar?{Window}")).EnumerateArray()
            .Where(line => !line.GetProperty("isSeries").GetBoolean())
            .First(line => !line.GetProperty("cancelled").GetBoolean())
            .GetProperty("uid").GetString()!;

    private static IEnumerable<string> Lines(MeetingFacts facts, Func<Domain.Sealed?, string> open)
    {
        var changed = facts.ChangedOccurrences.ToDictionary(occurrence => occurrence.OriginalStart);
        var far = Duration.FromDays(60);
        var zone = CalendarZones.Find(facts.When.Zone)!;
        foreach (var planned in facts.When.Occurrences(zone, From - far, To + far))
        {
            if (facts.DroppedOccurrences.Contains(planned.OriginalStart))
            {
                continue;
            }

            var own = changed.GetValueOrDefault(planned.OriginalStart);
            var (start, end) = own is null ? (planned.OriginalStart, planned.End) : (own.Start, own.End);
            if (end > From && start < To)
            {
                var title = own is null ? facts.Title : own.Title;
                var location = own is null ? facts.Location : own.Location;
                yield return Line(start, end, open(title), open(location));
            }
        }
    }

    private static string Line(JsonElement line) => Line(
        InstantPattern.ExtendedIso.Parse(line.GetProperty("start").GetString()!).Value,
        InstantPattern.ExtendedIso.Parse(line.GetProperty("end").GetString()!).Value,
        line.GetProperty("subject").GetString()!,
        line.GetProperty("location").GetString()!);

    private static string Line(Instant start, Instant end, string title, string location) =>
        $"{start} {end} {title} {location}";
}
