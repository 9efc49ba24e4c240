using System.Text.Json;
using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Domain.Joining;
using NodaTime;
using NodaTime.Text;

namespace HybridCalendar.Contract.Exchange;

/// <summary>Join information is written onto meetings, once, and over nobody's words.</summary>
public sealed class EditingTests
{
    private const string Link = "https://meet.example/1";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task join_information_is_written_once_without_mail_and_its_echo_is_known()
    {
        await using var lab = await LabExchange.Start();
        var (items, cursor) = await lab.ReadAll(LabExchange.Anna);
        var (itemId, uid) = await OwnMeeting(lab, items);

        var written = Answer(await Edit(lab, itemId, WithLink));

        written.WasWritten.ShouldBeTrue();
        written.ItemId.ShouldBe(itemId);
        var (changed, _) = await lab.ReadAll(LabExchange.Anna, cursor);
        var echo = changed.ShouldHaveSingleItem().ShouldBeOfType<ItemRead.Meeting>();
        (echo.ItemId, echo.GlobalId, echo.ChangeKey).ShouldBe((itemId, uid, written.ChangeKey));
        lab.Mailbox(LabExchange.Anna).Seal.Open(echo.Facts.Location!).ShouldBe(Link);
        (await lab.Get("mails")).GetArrayLength().ShouldBe(0);

        var again = Answer(await Edit(lab, itemId, WithLink));
        again.ShouldBe(written with { WasWritten = false });
    }

    [Fact]
    public async Task what_others_write_in_between_is_seen_before_the_next_try()
    {
        await using var lab = await LabExchange.Start();
        var (itemId, uid) = await OwnMeeting(lab, (await lab.ReadAll(LabExchange.Anna)).Items);
        var bodies = new List<string>();

        Answer(await Edit(lab, itemId, meeting =>
        {
            bodies.Add(meeting.Body!);
            if (bodies.Count == 1)
            {
                lab.Organization.Change(
                    uid, content => content with { Body = "New words.", BodyIsHtml = false });
            }

            return new MeetingEdit { Body = meeting.Body + " " + Link };
        })).WasWritten.ShouldBeTrue();

        bodies.Count.ShouldBe(2);
        bodies[1].ShouldBe("New words.");
        lab.Organization.GetMeeting(uid).Content.Body.ShouldBe("New words. " + Link);
    }

    [Fact]
    public async Task whoever_is_always_late_gives_up()
    {
        await using var lab = await LabExchange.Start();
        var (itemId, uid) = await OwnMeeting(lab, (await lab.ReadAll(LabExchange.Anna)).Items);
        var looks = 0;

        var reply = await Edit(lab, itemId, meeting =>
        {
            looks++;
            lab.Organization.Change(uid, content => content with { Location = $"Room {looks}" });
            return new MeetingEdit { Location = Link };
        });

        reply.ShouldBeOfType<Reply<WrittenMeeting>.Refused>().Code.ShouldBe("ErrorIrresolvableConflict");
        looks.ShouldBe(Bounds.LooksPerEdit);
    }

    [Theory]
    [InlineData("ErrorIrresolvableConflict", 3)]
    [InlineData("ErrorStaleObject", 3)]
    [InlineData("ErrorChangeKeyRequiredForWriteOperations", 3)]
    [InlineData("ErrorInvalidChangeKey", 3)]
    [InlineData("ErrorCalendarDurationIsTooLong", 1)]
    [InlineData("ErrorQuotaExceeded", 1)]
    public async Task only_conflicts_are_tried_again(string code, int looks)
    {
        await using var server = await ScriptedExchange.Start();
        server.On("GetItem", Xml.Items("<t:ItemId Id=\"one\" ChangeKey=\"key\"/>"))
            .On("UpdateItem", Xml.Error("UpdateItem", code));
        var editing = new EwsCalendarEditing(server.Client());

        var reply = await editing.Edit(ScriptedExchange.Mailbox("a"), "one",
            _ => new MeetingEdit { Location = Link }, Cancellation);

        reply.ShouldBeOfType<Reply<WrittenMeeting>.Refused>().Code.ShouldBe(code);
        server.Operations.ShouldBe(string.Join(' ', Enumerable.Repeat("GetItem UpdateItem", looks)));
        server.Arrived.Last().Body.ShouldContain("ChangeKey=\"key\"");
    }

    [Fact]
    public async Task a_text_that_was_not_given_in_full_is_not_written()
    {
        await using var server = await ScriptedExchange.Start();
        server.On("GetItem", Xml.Items(
            "<t:ItemId Id=\"one\" ChangeKey=\"key\"/>"
            + "<t:Body BodyType=\"HTML\" IsTruncated=\"true\">a</t:Body>"));
        var editing = new EwsCalendarEditing(server.Client());

        await Should.ThrowAsync<InvalidOperationException>(() => editing.Edit(
            ScriptedExchange.Mailbox("a"), "one", meeting =>
            {
                meeting.Body.ShouldBeNull();
                return new MeetingEdit { Body = Link };
            }, Cancellation));
        server.Operations.ShouldBe("GetItem");
        server.Arrived.Single().Body.ShouldNotContain("MaximumBodySize");
    }

    [Fact]
    public async Task a_meeting_that_is_no_more_is_gone()
    {
        await using var lab = await LabExchange.Start();
        var (itemId, uid) = await OwnMeeting(lab, (await lab.ReadAll(LabExchange.Anna)).Items);
        await lab.Do(HttpMethod.Post, $"mailboxes/{LabExchange.Anna}/delete", new { uid });
        (await Edit(lab, itemId, WithLink)).ShouldBeOfType<Reply<WrittenMeeting>.Gone>();
    }

    [Fact]
    public async Task marks_are_found_in_any_spelling_of_their_names_and_are_taken_away()
    {
        await using var server = await ScriptedExchange.Start();
        const string Set = "8D2E6A35-3F1B-4C1F-9C63-5B0C1C7F2A94";
        server.On("GetItem", Xml.Items("<t:ItemId Id=\"one\" ChangeKey=\"key\"/><t:ExtendedProperty>"
            + $"<t:ExtendedFieldURI PropertyType=\"String\" PropertyName=\"Space\" PropertySetId=\"{Set}\"/>"
            + "<t:Value>s-1</t:Value></t:ExtendedProperty><t:ExtendedProperty><t:ExtendedFieldURI "
            + $"PropertySetId=\"{Set}\" PropertyName=\"space\" PropertyType=\"String\"/><t:Value>no</t:Value>"
            + "</t:ExtendedProperty>"))
            .On("UpdateItem", Xml.Success("UpdateItem", "<m:Items><t:CalendarItem>"
                + "<t:ItemId Id=\"one\" ChangeKey=\"new\"/></t:CalendarItem></m:Items>"));
        var editing = new EwsCalendarEditing(server.Client());

        var written = Answer(await editing.Edit(ScriptedExchange.Mailbox("a"), "one", meeting =>
        {
            meeting.Marks.ShouldBe(new Dictionary<MeetingMark, string> { [MeetingMark.Space] = "s-1" });
            return new MeetingEdit
            {
                Marks = new Dictionary<MeetingMark, string?> { [MeetingMark.Space] = null },
            };
        }, Cancellation));

        written.ShouldBe(new WrittenMeeting("one", "new", true));
        server.Arrived.Last().Body.ShouldContain("<t:DeleteItemField><t:ExtendedFieldURI");
        server.Arrived.Last().Body.ShouldContain("SendMeetingInvitationsOrCancellations=\"SendToNone\"");
    }

    [Fact]
    public async Task an_occurrence_is_written_alone_and_attendees_are_told_when_that_is_wanted()
    {
        await using var lab = await LabExchange.Start();
        var series = (await lab.Get($"mailboxes/{LabExchange.Anna}/calendar?from=2026-11-24&to=2026-12-20"))
            .EnumerateArray().First(line => line.GetProperty("isSeries").GetBoolean()
                && line.GetProperty("organizer").GetString() == LabExchange.Anna
                && line.GetProperty("required").GetArrayLength() > 0);
        var start = InstantPattern.ExtendedIso.Parse(series.GetProperty("start").GetString()!).Value;
        var view = await new Adapters.Exchange.Reading.CalendarWindow(lab.Calendars.Client, LabExchange.Anna)
            .Read(start, start + Duration.FromMinutes(1), Cancellation);
        var occurrence = Answer(view).First(item => item.Type is "Occurrence" or "Exception"
            && item.Start == series.GetProperty("start").GetString());

        Answer(await Edit(lab, occurrence.ItemId!, meeting => new MeetingEdit
        {
            Location = Link,
            Telling = Telling.Attendees,
        })).WasWritten.ShouldBeTrue();

        var changed = (await lab.ReadAll(LabExchange.Anna)).Items.OfType<ItemRead.Meeting>()
            .Single(meeting => meeting.GlobalId == series.GetProperty("uid").GetString())
            .Facts.ChangedOccurrences.Single(other => other.Start == start);
        lab.Mailbox(LabExchange.Anna).Seal.Open(changed.Location!).ShouldBe(Link);
        (await lab.Get("mails")).EnumerateArray().ShouldHaveSingleItem()
            .GetProperty("isUpdate").GetBoolean().ShouldBeTrue();
    }

    private static MeetingEdit? WithLink(EditableMeeting meeting)
    {
        meeting.IsOrganizersOwn.ShouldBeTrue();
        return meeting.Marks.GetValueOrDefault(MeetingMark.JoinInformation) == "v1" ? null : new MeetingEdit
        {
            Location = Link,
            Body = meeting.Body + (meeting.BodyFormat == BodyFormat.Html ? $"<p>{Link}</p>" : Link),
            Marks = new Dictionary<MeetingMark, string?>
            {
                [MeetingMark.JoinInformation] = "v1",
                [MeetingMark.Space] = "space-1",
            },
        };
    }

    private static Task<Reply<WrittenMeeting>> Edit(
        LabExchange lab, string itemId, Func<EditableMeeting, MeetingEdit?> decide) =>
        new EwsCalendarEditing(lab.Calendars).Edit(
            lab.Mailbox(LabExchange.Anna), itemId, decide, Cancellation);

    private static T Answer<T>(Reply<T> reply) => reply.ShouldBeOfType<Reply<T>.Answer>().Value;

    private static async Task<(string ItemId, string Uid)> OwnMeeting(LabExchange lab, List<ItemRead> items)
    {
        var window = await lab.Get($"mailboxes/{LabExchange.Anna}/calendar?from=2026-11-20&to=2026-12-20");
        bool IsOwn(JsonElement line) => !line.GetProperty("isSeries").GetBoolean()
            && !line.GetProperty("cancelled").GetBoolean()
            && line.GetProperty("required").GetArrayLength() > 0
            && line.GetProperty("myResponse").GetString() == "organizer";
        var uid = window.EnumerateArray().First(IsOwn).GetProperty("uid").GetString()!;
        return (items.OfType<ItemRead.Meeting>().Single(meeting => meeting.GlobalId == uid).ItemId, uid);
    }
}
