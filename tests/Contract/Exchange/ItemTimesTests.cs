using System.Text;
using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Adapters.Exchange.Operations;
using HybridCalendar.Adapters.Exchange.Reading;
using HybridCalendar.Adapters.Exchange.Soap;
using HybridCalendar.Adapters.Keys;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Domain.Time;
using NodaTime;
using NodaTime.Text;

namespace HybridCalendar.Contract.Exchange;

/// <summary>When an item is, however its server writes times.</summary>
public sealed class ItemTimesTests : IDisposable
{
    private const string Berlin = "<t:StartTimeZone Id='W. Europe Standard Time'/>";
    private const string Tokyo = "<t:EndTimeZone Id='Tokyo Standard Time'/>";
    private const string Range =
        "<t:NoEndRecurrence><t:StartDate>2026-03-02</t:StartDate></t:NoEndRecurrence>";

    private readonly MailboxSeal seal = new(Guid.NewGuid(), new byte[MailboxSeal.DataKeyBytes]);

    public void Dispose() => seal.Dispose();

    [Theory]
    [InlineData("2026-07-02T09:00:00Z", "2026-07-02T09:00:00Z")]
    [InlineData(" 2026-07-02T09:00:00.0000000Z ", "2026-07-02T09:00:00Z")]
    [InlineData("2026-07-02T09:00:00+05:30", "2026-07-02T03:30:00Z")]
    [InlineData("2026-07-02T09:00:00-14:00", "2026-07-02T23:00:00Z")]
    [InlineData("2026-07-02T09:00:00-00:00", "2026-07-02T09:00:00Z")]
    [InlineData("2026-07-02T09:00:00.123456789Z", "2026-07-02T09:00:00Z")]
    [InlineData("2026-07-02T24:00:00Z", "2026-07-03T00:00:00Z")]
    [InlineData("2026-07-02T09:00:00", "2026-07-02T07:00:00Z")]
    [InlineData("2026-03-29T02:30:00", "2026-03-29T01:30:00Z")]
    [InlineData("2026-10-25T02:30:00", "2026-10-25T00:30:00Z")]
    public void a_start_without_an_offset_is_meant_in_the_zone_of_the_item(string start, string instant) =>
        Meeting($"<t:Start>{start}</t:Start><t:End>2026-12-01T00:00:00Z</t:End>{Berlin}")
            .When.Start.ToUnixTimeSeconds().ShouldBe(At(instant).ToUnixTimeSeconds());

    [Theory]
    [InlineData("", "2026-07-02T10:00:00Z")]
    [InlineData(Berlin, "2026-07-02T08:00:00Z")]
    [InlineData(Berlin + Tokyo, "2026-07-02T01:00:00Z")]
    [InlineData("<t:StartTimeZone Id='nowhere'/>", "2026-07-02T10:00:00Z")]
    public void an_end_without_an_offset_is_meant_in_its_own_zone(string zones, string instant) =>
        Meeting($"<t:Start>2026-07-02T00:00:00Z</t:Start><t:End>2026-07-02T10:00:00</t:End>{zones}")
            .When.End.ShouldBe(At(instant));

    [Theory]
    [InlineData("2026-07-01T22:00:00Z", "2026-07-03T22:00:00Z")]
    [InlineData("2026-07-02T00:00:00", "2026-07-04T00:00:00")]
    public void an_all_day_meeting_has_the_days_of_the_zone_in_which_it_was_made(string start, string end)
    {
        var when = Meeting(
            $"<t:Start>{start}</t:Start><t:End>{end}</t:End><t:IsAllDayEvent>true</t:IsAllDayEvent>"
            + Berlin).When;
        when.AllDay.ShouldBeTrue();
        var zone = CalendarZones.Of(when)!;
        when.Start.InZone(zone).LocalDateTime.ShouldBe(new LocalDateTime(2026, 7, 2, 0, 0));
        when.End.InZone(zone).LocalDateTime.ShouldBe(new LocalDateTime(2026, 7, 4, 0, 0));
    }

    [Theory]
    [InlineData("2026-03-02")]
    [InlineData("2026-03-02Z")]
    [InlineData("2026-03-02+13:00")]
    [InlineData("2026-03-02-08:00")]
    [InlineData("2026-03-02T00:00:00")]
    public void of_the_first_day_of_a_series_only_the_date_counts(string date) =>
        Series("<t:DailyRecurrence><t:Interval>1</t:Interval></t:DailyRecurrence><t:EndDateRecurrence>"
            + $"<t:StartDate>{date}</t:StartDate><t:EndDate>{date}</t:EndDate></t:EndDateRecurrence>")
            .When.Recurrence.ShouldBe(new Recurrence(
                new RecurrencePattern.Daily(1), new LocalDate(2026, 3, 2), End: new LocalDate(2026, 3, 2)));

    [Fact]
    public void exceptions_without_an_offset_are_meant_in_the_zone_of_their_series()
    {
        var raw = Raw("<t:Start>2026-03-02T09:00:00</t:Start><t:End>2026-03-02T10:00:00</t:End>" + Berlin
            + "<t:DeletedOccurrences><t:DeletedOccurrence><t:Start>2026-04-01T09:00:00</t:Start>"
            + "</t:DeletedOccurrence></t:DeletedOccurrences>");
        Read(raw).ShouldBeOfType<ItemRead.Meeting>().Facts.DroppedOccurrences
            .ShouldBe([At("2026-04-01T07:00:00Z")]);
        var occurrence = new RawOccurrence(
            "id", "2026-04-02T09:00:00", "2026-04-02T11:00:00", "2026-04-02T12:00:00Z");
        var own = Raw("<t:Start>2026-04-02T11:00:00</t:Start><t:End>2026-04-02T14:00:00</t:End>");
        RawItem?[] items = [null, own];
        foreach (var item in items)
        {
            var changed = new MeetingReading(seal, Targets.Find)
                .ReadOccurrence(occurrence, raw, item)
                .ShouldBeOfType<Understood<ChangedOccurrence>.Value>().Content;
            changed.OriginalStart.ShouldBe(At("2026-04-02T07:00:00Z"));
            changed.Start.ShouldBe(At("2026-04-02T09:00:00Z"));
            changed.End.ShouldBe(At("2026-04-02T12:00:00Z"));
        }
    }

    [Theory]
    [InlineData(
        "<t:AbsoluteYearlyRecurrence><t:DayOfMonth>30</t:DayOfMonth><t:Month>March</t:Month>"
        + "</t:AbsoluteYearlyRecurrence>",
        "<t:AbsoluteMonthlyRecurrence><t:Interval>12</t:Interval><t:DayOfMonth>30</t:DayOfMonth>"
        + "</t:AbsoluteMonthlyRecurrence>",
        1)]
    [InlineData(
        "<t:RelativeYearlyRecurrence><t:DaysOfWeek>Weekday</t:DaysOfWeek>"
        + "<t:DayOfWeekIndex>Last</t:DayOfWeekIndex><t:Month>March</t:Month></t:RelativeYearlyRecurrence>",
        "<t:RelativeMonthlyRecurrence><t:Interval>36</t:Interval><t:DaysOfWeek>Weekday</t:DaysOfWeek>"
        + "<t:DayOfWeekIndex>Last</t:DayOfWeekIndex></t:RelativeMonthlyRecurrence>",
        3)]
    public void every_few_years_is_as_many_times_twelve_months(string yearly, string monthly, int years)
    {
        var each = Days(Series(yearly + Range));
        var few = Days(Series(monthly + Range));
        few.Length.ShouldBe(1 + (20 / years));
        few.ShouldBe(each.Where((_, index) => index % years == 0));
    }

    private static Instant At(string instant) => InstantPattern.General.Parse(instant).Value;

    private static LocalDate[] Days(MeetingFacts facts) =>
    [
        .. facts.OccurrencesIn(At("2026-01-01T00:00:00Z"), At("2047-01-01T00:00:00Z"))
            .Select(occurrence => occurrence.Start.InUtc().Date),
    ];

    private MeetingFacts Series(string recurrence) => Meeting(
        "<t:Start>2026-03-02T09:00:00Z</t:Start><t:End>2026-03-02T10:00:00Z</t:End>"
        + $"<t:Recurrence>{recurrence}</t:Recurrence>");

    private MeetingFacts Meeting(string content) =>
        Read(Raw(content)).ShouldBeOfType<ItemRead.Meeting>().Facts;

    private ItemRead Read(RawItem item) =>
        new MeetingReading(seal, Targets.Find).Read("id", item, []);

    private static RawItem Raw(string content)
    {
        using var reply = new MemoryStream(Encoding.UTF8.GetBytes(Xml.Items(content)));
        return GetItem.Read(reply).ShouldBeOfType<Parsed<IReadOnlyList<ResponseMessage<RawItem?>>>.Answer>()
            .Value.Single().Payload!;
    }
}
