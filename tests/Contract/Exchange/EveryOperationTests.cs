using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Adapters.Exchange.Operations;
using HybridCalendar.Adapters.Exchange.Reading;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Time;
using NodaTime;

namespace HybridCalendar.Contract.Exchange;

/// <summary>
/// Each operation of the client is answered by each release of Exchange, and what it answers is true: what
/// one operation writes, the others find.
/// </summary>
public sealed class EveryOperationTests
{
    private const string Anna = LabExchange.Anna;

    private static readonly string[] Operations =
    [
        "ConvertId", "CreateItem", "FindItem", "GetFolder", "GetItem", "GetStreamingEvents",
        "GetUserAvailability", "GetUserOofSettings", "Subscribe", "SyncFolderItems", "Unsubscribe",
        "UpdateItem",
    ];

    private static readonly Interval Times = new(
        Instant.FromUtc(2026, 12, 1, 9, 0), Instant.FromUtc(2026, 12, 1, 10, 0));

    private static readonly FreeBusyQuestion Question = new(Times, Duration.FromMinutes(30));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2013")]
    [InlineData("2016")]
    [InlineData("2019")]
    [InlineData("SE")]
    public async Task every_operation_is_answered_by_each_release(string version)
    {
        await using var lab = await LabExchange.Start();
        await lab.Do(HttpMethod.Put, "server", new { version });
        var client = lab.Calendars.Client;
        var editing = new EwsCalendarEditing(lab.Calendars);
        var anna = lab.Mailbox(Anna);
        var folder = new EwsRequest("GetFolder", Anna, GetFolder.Write);
        Value(await client.Call(folder, GetFolder.Read, Cancellation)).Id.ShouldNotBeEmpty();
        var (_, cursor) = await lab.ReadAll(Anna);
        var watch = lab.Calendars.Watch([anna], Cancellation).GetAsyncEnumerator(Cancellation);
        await watch.Until<CalendarSignal.Opened>();

        var made = Value(await editing.Create(anna, Wish(), Cancellation));

        made.WasWritten.ShouldBeTrue();
        await watch.Until<CalendarSignal.Changed>();
        await watch.DisposeAsync();
        Value(await editing.Create(anna, Wish(), Cancellation)).ShouldBe(made with { WasWritten = false });
        Value(await new CalendarWindow(client, Anna).Read(Times.Start, Times.End, Cancellation))
            .ShouldContain(item => item.ItemId == made.ItemId);
        Value(await editing.Edit(anna, made.ItemId, _ => new MeetingEdit { Location = "Roof" }, Cancellation))
            .WasWritten.ShouldBeTrue();
        var (changed, _) = await lab.ReadAll(Anna, cursor);
        var meeting = changed.ShouldHaveSingleItem().ShouldBeOfType<ItemRead.Meeting>();
        (meeting.ItemId, meeting.Facts.When.Start).ShouldBe((made.ItemId, Times.Start));
        anna.Seal.Open(meeting.Facts.Location!).ShouldBe("Roof");
        Value(await editing.ReadFreeBusy(anna, [Anna], Question, Cancellation)).ShouldHaveSingleItem()
            .ShouldBeOfType<FreeBusy.Known>().Times.ShouldContain(time => time.Start == Times.Start);
        await lab.Do(HttpMethod.Put, $"mailboxes/{Anna}/automatic-replies", new { state = "enabled" });
        Value(await lab.Calendars.ReadAutomaticReplies(anna, Cancellation)).State
            .ShouldBe(AutomaticRepliesState.Enabled);
        var convert = new EwsRequest(
            "ConvertId", Anna, xml => ConvertId.Write(xml, made.ItemId, "EwsId", "HexEntryId", Anna));
        Value(await client.Call(convert, ConvertId.Read, Cancellation))
            .ShouldAllBe(letter => char.IsAsciiHexDigit(letter));

        (await lab.Get("statistics")).GetProperty("requests").EnumerateObject().Select(asked => asked.Name)
            .ShouldBe(Operations, ignoreOrder: true);
    }

    private static NewMeeting Wish() => new()
    {
        Key = "one",
        Title = "Tea",
        When = new When { Start = Times.Start, End = Times.End, Zone = "Europe/Berlin" },
    };

    private static T Value<T>(Reply<T> reply) => reply.ShouldBeOfType<Reply<T>.Answer>().Value;
}
