using System.Text;
using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Adapters.Exchange.Operations;
using HybridCalendar.Adapters.Exchange.Reading;
using HybridCalendar.Adapters.Exchange.Soap;
using HybridCalendar.Adapters.Keys;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Domain.Time;
using NodaTime;

namespace HybridCalendar.Contract.Exchange;

/// <summary>What is made of a calendar item.</summary>
public sealed class MeetingReadingTests : IDisposable
{
    private const string Times = "<t:Start>2026-03-02T09:00:00Z</t:Start><t:End>2026-03-02T10:00:00Z</t:End>";
    private const string Zone = "<t:StartTimeZone Id=\"W. Europe Standard Time\"/>";

    private readonly MailboxSeal seal = new(Guid.NewGuid(), new byte[MailboxSeal.DataKeyBytes]);

    public void Dispose() => seal.Dispose();

    [Fact]
    public void a_meeting_has_what_its_item_says()
    {
        var meeting = Meeting("""
            <t:ItemId Id="other" ChangeKey="key"/><t:Subject>Plan</t:Subject>
            <t:Sensitivity>Private</t:Sensitivity>
            <t:Body BodyType="HTML">&lt;a href="https://example.webex.com/meet/a"&gt;Join&lt;/a&gt;</t:Body>
            <t:ExtendedProperty>
            <t:ExtendedFieldURI PropertySetId="6ED8DA90-450B-101B-98DA-00AA003F1305" PropertyId="35"
             PropertyType="Binary"/><t:Value>BAACAA==</t:Value></t:ExtendedProperty>
            <t:LastModifiedTime>2026-01-01T00:00:00.5Z</t:LastModifiedTime><t:UID>uid</t:UID>
            <t:LegacyFreeBusyStatus>OOF</t:LegacyFreeBusyStatus><t:Location/>
            <t:IsCancelled>true</t:IsCancelled>
            <t:CalendarItemType>Single</t:CalendarItemType><t:MyResponseType>Accept</t:MyResponseType>
            <t:Organizer><t:Mailbox><t:Name>An</t:Name><t:EmailAddress>an@example.org</t:EmailAddress>
            </t:Mailbox></t:Organizer>
            <t:OptionalAttendees><t:Attendee><t:Mailbox><t:EmailAddress>/o=Old/cn=Bo</t:EmailAddress>
            </t:Mailbox>
            <t:ResponseType>Decline</t:ResponseType></t:Attendee></t:OptionalAttendees>
            <t:RequiredAttendees><t:Attendee><t:Mailbox><t:Name>Ce</t:Name></t:Mailbox></t:Attendee>
            <t:Attendee/></t:RequiredAttendees>
            """ + Times + Zone);
        meeting.ItemId.ShouldBe("id");
        meeting.GlobalId.ShouldBe("04000200");
        meeting.ChangeKey.ShouldBe("key");
        meeting.ChangedAt.ShouldBe(Instant.FromUtc(2026, 1, 1, 0, 0) + Duration.FromMilliseconds(500));
        var facts = meeting.Facts;
        facts.When.Start.ShouldBe(Instant.FromUtc(2026, 3, 2, 9, 0));
        facts.When.Zone.ShouldBe("W. Europe Standard Time");
        seal.Open(facts.Title!).ShouldBe("Plan");
        facts.Location.ShouldBeNull();
        facts.Sensitivity.ShouldBe(Sensitivity.Private);
        facts.ShownAs.ShouldBe(ShownAs.OutOfOffice);
        facts.Response.ShouldBe(Response.Accepted);
        facts.IsCancelled.ShouldBeTrue();
        seal.Open(facts.Organizer!.Address).ShouldBe("an@example.org");
        facts.Participants.Select(p => (p.Role, p.Response, seal.Open(p.Person.Address))).ShouldBe(
        [
            (ParticipantRole.Required, Response.Unknown, ""),
            (ParticipantRole.Optional, Response.Declined, "/o=Old/cn=Bo"),
        ]);
        seal.Open(facts.JoinTargets.Single().Address).ShouldContain("example.webex.com/meet/a");
    }

    [Theory]
    [InlineData("<t:UID>uid</t:UID>", "uid")]
    [InlineData("", "id")]
    public void a_meeting_without_a_global_id_is_known_by_what_else_it_has(string content, string globalId) =>
        Meeting(content + Times).GlobalId.ShouldBe(globalId);

    [Fact]
    public void values_that_nobody_knows_are_read_as_the_least_that_they_can_mean()
    {
        var facts = Meeting(
            "<t:LegacyFreeBusyStatus>Odd</t:LegacyFreeBusyStatus><t:Sensitivity>Odd</t:Sensitivity>"
            + "<t:MyResponseType>Odd</t:MyResponseType>" + Times).Facts;
        facts.ShownAs.ShouldBe(ShownAs.NoData);
        facts.Sensitivity.ShouldBe(Sensitivity.Normal);
        facts.Response.ShouldBe(Response.Unknown);
        facts.When.Zone.ShouldBe("UTC");
    }

    [Fact]
    public void what_somebody_noted_for_himself_has_no_organizer() =>
        Meeting("<t:IsMeeting>false</t:IsMeeting><t:Organizer><t:Mailbox><t:Name>An</t:Name></t:Mailbox>"
        + "</t:Organizer>" + Times)
            .Facts.Organizer.ShouldBeNull();

    [Fact]
    public void a_series_keeps_its_pattern_and_the_starts_of_what_was_dropped()
    {
        var facts = Meeting(Series(
            "<t:WeeklyRecurrence><t:Interval>2</t:Interval><t:DaysOfWeek>Weekday Monday</t:DaysOfWeek>"
            + "</t:WeeklyRecurrence>"
            + "<t:EndDateRecurrence><t:StartDate>2026-03-02+01:00</t:StartDate>"
            + "<t:EndDate>2026-04-01Z</t:EndDate></t:EndDateRecurrence>")
            + "<t:DeletedOccurrences><t:DeletedOccurrence><t:Start>2026-03-17T09:00:00Z</t:Start>"
            + "</t:DeletedOccurrence>"
            + "<t:DeletedOccurrence><t:Start>2026-03-16T09:00:00Z</t:Start></t:DeletedOccurrence>"
            + "</t:DeletedOccurrences>").Facts;
        facts.When.Recurrence.ShouldBe(new Recurrence(
            new RecurrencePattern.Weekly(
                2,
                [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday,
                    IsoDayOfWeek.Friday],
                IsoDayOfWeek.Sunday),
            new LocalDate(2026, 3, 2),
            new LocalDate(2026, 4, 1)));
        facts.DroppedOccurrences.ShouldBe(
            [Instant.FromUtc(2026, 3, 16, 9, 0), Instant.FromUtc(2026, 3, 17, 9, 0)]);
    }

    public static TheoryData<string, RecurrencePattern> Patterns => new()
    {
        { "<t:DailyRecurrence><t:Interval>3</t:Interval></t:DailyRecurrence>",
            new RecurrencePattern.Daily(3) },
        {
            "<t:AbsoluteMonthlyRecurrence><t:Interval>12</t:Interval><t:DayOfMonth>31</t:DayOfMonth>"
            + "</t:AbsoluteMonthlyRecurrence>",
            new RecurrencePattern.AbsoluteMonthly(12, 31)
        },
        {
            "<t:RelativeMonthlyRecurrence><t:Interval>1</t:Interval><t:DaysOfWeek>Weekday</t:DaysOfWeek>"
            + "<t:DayOfWeekIndex>Last</t:DayOfWeekIndex></t:RelativeMonthlyRecurrence>",
            new RecurrencePattern.RelativeMonthly(1, DayOfWeekIndex.Last, DayOfWeekToken.Weekday)
        },
        {
            "<t:AbsoluteYearlyRecurrence><t:DayOfMonth>29</t:DayOfMonth><t:Month>February</t:Month>"
            + "</t:AbsoluteYearlyRecurrence>",
            new RecurrencePattern.AbsoluteYearly(29, 2)
        },
        {
            "<t:RelativeYearlyRecurrence><t:DaysOfWeek>Sunday</t:DaysOfWeek>"
            + "<t:DayOfWeekIndex>Second</t:DayOfWeekIndex>"
            + "<t:Month>May</t:Month></t:RelativeYearlyRecurrence>",
            new RecurrencePattern.RelativeYearly(DayOfWeekIndex.Second, DayOfWeekToken.Sunday, 5)
        },
    };

    [Theory]
    [MemberData(nameof(Patterns))]
    public void every_pattern_is_read(string xml, RecurrencePattern pattern)
    {
        var range = "<t:NumberedRecurrence><t:StartDate>2026-03-02</t:StartDate><t:NumberOfOccurrences>5"
            + "</t:NumberOfOccurrences></t:NumberedRecurrence>";
        var recurrence = Meeting(Series(xml + range)).Facts.When.Recurrence;
        recurrence.ShouldBe(new Recurrence(pattern, new LocalDate(2026, 3, 2), Count: 5));
    }

    [Theory]
    [InlineData("<t:Subject>secret</t:Subject>", "Start")]
    [InlineData("<t:Start>2026-03-02T09:00:00Z</t:Start><t:End>secret</t:End>", "End")]
    [InlineData("<t:Start>2026-03-02T09:00:00Z</t:Start><t:End>2026-03-02T08:00:00Z</t:End>", "End")]
    [InlineData(Times + "<t:CalendarItemType>RecurringMaster</t:CalendarItemType>", "Recurrence")]
    [InlineData(Times + "<t:Recurrence><t:SecretRecurrence/></t:Recurrence>", "Recurrence")]
    [InlineData(Times
        + "<t:Recurrence><t:DailyRecurrence><t:Interval>0</t:Interval></t:DailyRecurrence></t:Recurrence>",
        "Interval")]
    [InlineData(
        Times + "<t:StartTimeZone Id='secret'/><t:Recurrence><t:DailyRecurrence><t:Interval>1</t:Interval>"
        + "</t:DailyRecurrence>"
        + "<t:NoEndRecurrence><t:StartDate>2026-03-02</t:StartDate></t:NoEndRecurrence></t:Recurrence>",
        "StartTimeZone")]
    [InlineData(
        Times + "<t:DeletedOccurrences><t:DeletedOccurrence><t:Start>secret</t:Start>"
        + "</t:DeletedOccurrence></t:DeletedOccurrences>",
        "DeletedOccurrences")]
    public void what_cannot_be_understood_is_told_without_its_text(string content, string element)
    {
        var reason = Read(content).ShouldBeOfType<ItemRead.Unreadable>().Reason;
        reason.ShouldContain(element);
        reason.ShouldNotContain("secret", Case.Insensitive);
    }

    private static string Series(string recurrence) =>
        $"{Times}{Zone}<t:Recurrence>{recurrence}</t:Recurrence>";

    private ItemRead.Meeting Meeting(string content) => Read(content).ShouldBeOfType<ItemRead.Meeting>();

    private ItemRead Read(string content)
    {
        using var reply = new MemoryStream(Encoding.UTF8.GetBytes(Xml.Items(content)));
        var messages = GetItem.Read(reply)
            .ShouldBeOfType<Parsed<IReadOnlyList<ResponseMessage<RawItem?>>>.Answer>().Value;
        return new MeetingReading(seal, Targets.Find).Read("id", messages.Single().Payload!, []);
    }
}
