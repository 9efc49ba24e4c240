using System.Text;
using HybridCalendar.Adapters.Exchange.Operations;
using HybridCalendar.Adapters.Exchange.Soap;
using HybridCalendar.Domain.Mailboxes;
using NodaTime;

namespace HybridCalendar.Contract.Exchange;

/// <summary>What replies may look like, and what is made of them.</summary>
public sealed class ReplyReadingTests
{
    public static TheoryData<string, string> CarriersOfBusy => new()
    {
        { "a fault with a time", Xml.Fault("ErrorServerBusy", backOffMilliseconds: 25000) },
        { "a fault without a time", Xml.Fault("ErrorServerBusy") },
        { "a fault whose code is a prefixed name only", Xml.Fault("ErrorServerBusy", detail: false) },
        { "a response message", Xml.Error("Subscribe", "ErrorServerBusy", ("BackOffMilliseconds", "25000")) },
        {
            "an error behind an error",
            Xml.Error("Subscribe", "ErrorInternalServerError", ("InnerErrorResponseCode", "ErrorServerBusy"))
        },
        { "a time alone", Xml.Error("Subscribe", "ErrorOther", ("BackOffMilliseconds", "1.5E4")) },
    };

    [Theory]
    [MemberData(nameof(CarriersOfBusy))]
    public void the_server_may_say_in_many_ways_that_it_is_busy(string way, string reply) =>
        Verdict(Subscribe.Read(Bytes(reply))).IsBusy.ShouldBeTrue(way);

    [Fact]
    public void the_time_of_a_back_off_is_read() =>
        Verdict(Subscribe.Read(Bytes(Xml.Fault("ErrorServerBusy", backOffMilliseconds: 25000))))
            .BackOff.ShouldBe(TimeSpan.FromSeconds(25));

    [Fact]
    public void a_code_that_nobody_knows_is_kept_as_it_came() =>
        Verdict(Subscribe.Read(Bytes(Xml.Error("Subscribe", "ErrorOfNextYear")))).Code.ShouldBe(
            "ErrorOfNextYear");

    [Fact]
    public void a_code_that_is_no_name_is_not_kept() =>
        Verdict(Subscribe.Read(Bytes(Xml.Error("Subscribe", "see a.person@example.org"))))
            .Code.ShouldBe("unreadable-code");

    [Fact]
    public void a_fault_without_a_code_of_exchange_is_a_refusal() =>
        Verdict(GetUserOofSettings.Read(Bytes(Xml.Fault("Client", detail: false)))).Code.ShouldBe(
            "soap-fault");

    [Theory]
    [InlineData("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")]
    [InlineData("<!DOCTYPE html><html><body>Sign in</body></html>")]
    [InlineData("<html><body><br>Server Error in '/EWS' Application</body></html>")]
    [InlineData("")]
    [InlineData("no XML at all")]
    [InlineData("<Envelope xmlns='http://schemas.xmlsoap.org/soap/envelope/'/>")]
    public void what_is_no_reply_is_malformed(string text) =>
        Verdict(GetFolder.Read(Bytes(text))).Code.ShouldBe("malformed-reply");

    [Fact]
    public void a_reply_that_is_nested_too_deep_is_malformed()
    {
        var deep = string.Concat(Enumerable.Repeat("<a>", 100))
            + string.Concat(Enumerable.Repeat("</a>", 100));
        Verdict(GetFolder.Read(Bytes(Xml.Answer("GetFolder", deep)))).Code.ShouldBe("malformed-reply");
    }

    [Fact]
    public void illegal_characters_in_texts_do_not_hinder_reading()
    {
        var reply = Xml.Items(
            "<t:Subject>a&#x0;b&#x1F;c\u0001d\uFFFFe</t:Subject><t:Start>2026-01-01T00:00:00Z</t:Start>");
        var item = Value(GetItem.Read(Bytes(reply))).Single().Payload!;
        item.Subject.ShouldBe("a\0b\u001Fc\uFFFDd\uFFFDe");
        item.Start.ShouldBe("2026-01-01T00:00:00Z");
    }

    [Fact]
    public void bytes_that_are_no_utf_8_do_not_hinder_reading()
    {
        var reply = Encoding.Latin1.GetBytes(Xml.Items("<t:Subject>a\u00FFb</t:Subject>"));
        Value(GetItem.Read(new MemoryStream(reply))).Single().Payload!.Subject.ShouldBe("a\uFFFDb");
    }

    [Fact]
    public void elements_may_come_in_any_order_with_any_prefix_and_among_others()
    {
        const string Reply = """
            <x:Envelope xmlns:x="http://schemas.xmlsoap.org/soap/envelope/"><x:Header><y/></x:Header><x:Body>
            <SubscribeResponse xmlns="http://schemas.microsoft.com/exchange/services/2006/messages"><New>
            <SubscriptionId>no</SubscriptionId></New>
            <ResponseMessages><SubscribeResponseMessage ResponseClass="Success">
            <SubscriptionId xmlns="urn:other">no</SubscriptionId>
            <q:SubscriptionId xmlns:q="http://schemas.microsoft.com/exchange/services/2006/types">y<!--
            -->es</q:SubscriptionId>
            <Later a="b"><Deep/></Later><ResponseCode>NoError</ResponseCode></SubscribeResponseMessage>
            </ResponseMessages>
            </SubscribeResponse></x:Body></x:Envelope>
            """;
        Value(Subscribe.Read(Bytes(Reply))).ShouldBe("yes");
    }

    [Fact]
    public void a_page_of_changes_names_each_item_once_and_leaves_out_what_is_no_calendar_item()
    {
        var page = Value(SyncFolderItems.Read(Bytes(Xml.Sync(
            "<t:Create><t:CalendarItem><t:ItemId Id='a'/></t:CalendarItem></t:Create>"
            + "<t:Update><t:CalendarItem><t:ItemId Id='a'/></t:CalendarItem></t:Update>"
            + "<t:Update><t:CalendarItem><t:ItemId Id='A'/></t:CalendarItem></t:Update>"
            + "<t:Create><t:Message><t:ItemId Id='m'/></t:Message></t:Create>"
            + "<t:Create><t:CalendarItem><t:ItemId Id='d'/></t:CalendarItem></t:Create>"
            + "<t:Delete><t:ItemId Id='d'/></t:Delete><t:Delete><t:ItemId Id='e'/></t:Delete>"
            + "<t:ReadFlagChange><t:ItemId Id='r'/><t:IsRead>true</t:IsRead></t:ReadFlagChange>"))));
        page.Changed.ShouldBe(["a", "A", "d"]);
        page.Deleted.ShouldBe(["e"]);
        page.OthersCount.ShouldBe(1);
    }

    [Theory]
    [InlineData("Message", "IPM.Note")]
    [InlineData("MeetingRequest", "IPM.Schedule.Meeting.Request")]
    [InlineData("MeetingCancellation", "IPM.Schedule.Meeting.Canceled")]
    [InlineData("MeetingResponse", "IPM.Schedule.Meeting.Resp.Pos")]
    [InlineData("MeetingMessage", "IPM.Schedule.Meeting.Notification.Forward")]
    [InlineData("Task", "IPM.Task")]
    [InlineData("Item", "IPM.Configuration.Other")]
    public void what_is_no_appointment_is_counted_and_passed_over(string element, string itemClass)
    {
        var item = $"<t:{element}><t:ItemId Id='o'/><t:ItemClass>{itemClass}</t:ItemClass></t:{element}>";
        var page = Value(SyncFolderItems.Read(Bytes(Xml.Sync($"<t:Create>{item}</t:Create>"))));
        (page.Changed.Count, page.OthersCount).ShouldBe((0, 1));
        var reply = Xml.Answer("GetItem", Xml.Message("GetItem", $"<m:Items>{item}</m:Items>"));
        Value(GetItem.Read(Bytes(reply))).Single().Payload!.IsOfOtherClass.ShouldBeTrue();
    }

    [Theory]
    [InlineData("IPM.Appointment")]
    [InlineData("IPM.Appointment.Live Meeting Request")]
    [InlineData("IPM.OLE.CLASS.{00061055-0000-0000-C000-000000000046}")]
    public void a_calendar_item_is_one_whatever_its_class_adds(string itemClass)
    {
        var item = $"<t:ItemId Id='c'/><t:ItemClass>{itemClass}</t:ItemClass>";
        var change = $"<t:Create><t:CalendarItem>{item}</t:CalendarItem></t:Create>";
        Value(SyncFolderItems.Read(Bytes(Xml.Sync(change)))).Changed.ShouldBe(["c"]);
        Value(GetItem.Read(Bytes(Xml.Items(item)))).Single().Payload!.IsOfOtherClass.ShouldBeFalse();
    }

    [Theory]
    [InlineData("<t:Create><t:CalendarItem/></t:Create>", "cursor")]
    [InlineData("", "")]
    public void a_page_that_would_lose_changes_is_malformed(string changes, string cursor) =>
        Verdict(SyncFolderItems.Read(Bytes(Xml.Sync(changes, cursor)))).Code.ShouldBe("malformed-reply");

    [Fact]
    public void times_of_automatic_replies_without_a_zone_are_utc_and_count_only_when_scheduled()
    {
        Value(GetUserOofSettings.Read(Bytes(Xml.Replies("Enabled"))))
            .ShouldBe(new AutomaticReplies(AutomaticRepliesState.Enabled));
        Value(GetUserOofSettings.Read(Bytes(Xml.Replies("Scheduled")))).ShouldBe(new AutomaticReplies(
            AutomaticRepliesState.Scheduled,
            Instant.FromUtc(2026, 1, 1, 8, 0),
            Instant.FromUtc(2026, 1, 2, 7, 0)));
    }

    [Fact]
    public void one_envelope_of_a_stream_may_hold_changes_losses_and_the_end()
    {
        const string Content = """
            <m:Notifications><m:Notification><t:SubscriptionId>a</t:SubscriptionId><t:StatusEvent/>
            </m:Notification>
            <t:Notification><t:SubscriptionId>b</t:SubscriptionId><t:ModifiedEvent/><t:CreatedEvent/>
            </t:Notification></m:Notifications>
            <m:ErrorSubscriptionIds><m:SubscriptionId>c</m:SubscriptionId>
            <t:SubscriptionId>d</t:SubscriptionId></m:ErrorSubscriptionIds>
            <m:ConnectionStatus>Closed</m:ConnectionStatus>
            """;
        var notice = GetStreamingEvents.Read(Bytes(Xml.Success("GetStreamingEvents", Content)));
        notice.Changed.ShouldBe(["b"]);
        notice.Lost.ShouldBe(["c", "d"]);
        notice.IsClosed.ShouldBeTrue();
    }

    private static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text));

    private static Verdict Verdict<T>(Parsed<T> parsed) => parsed.ShouldBeOfType<Parsed<T>.Failed>().Verdict;

    private static T Value<T>(Parsed<T> parsed) => parsed.ShouldBeOfType<Parsed<T>.Answer>().Value;
}
