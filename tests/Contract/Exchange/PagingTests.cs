using System.Globalization;
using System.Text.RegularExpressions;
using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Adapters.Exchange.Reading;
using NodaTime;

namespace HybridCalendar.Contract.Exchange;

/// <summary>Listings are complete, whatever the server gives at a time and says about it.</summary>
public sealed partial class PagingTests
{
    private static readonly Instant From = Instant.FromUtc(2026, 1, 1, 0, 0);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task a_full_calendar_over_many_years_is_read_in_halves()
    {
        await using var lab = await LabExchange.Start();
        foreach (var hour in new[] { "09", "10", "11" })
        {
            await lab.Do(HttpMethod.Post, "meetings", new
            {
                organizer = LabExchange.Anna,
                start = $"2026-11-24T{hour}:00:00Z",
                end = $"2026-11-26T{hour}:00:00Z",
                recurrence = new { pattern = "daily", interval = 2 },
            });
        }

        var end = From + Duration.FromDays(4 * 365);
        var items = Answer(await Window(lab.Calendars).Read(From, end, Cancellation));

        var truth = await lab.Get($"mailboxes/{LabExchange.Anna}/calendar?from={From}&to={end}");
        items.Count.ShouldBeGreaterThan(1500);
        items.Select(item => item.Start).Order()
            .ShouldBe(truth.EnumerateArray().Select(line => line.GetProperty("start").GetString()).Order());
    }

    // How: a server with an entry each minute, whose views give at most some of them, in their order.
    [Theory]
    [InlineData(2, "false")]
    [InlineData(7, "false")]
    [InlineData(7, "true")]
    public async Task a_view_that_was_cut_goes_on_from_its_last_start(int most, string isLast)
    {
        await using var server = await ScriptedExchange.Start();
        server.On("FindItem", arrived =>
        {
            var view = ViewAttributes().Match(arrived.Body);
            var first = Minute(view.Groups[1].Value, Math.Floor);
            var last = Minute(view.Groups[2].Value, Math.Ceiling);
            var all = Enumerable.Range(0, 30).Where(minute => minute >= first && minute < last).ToList();
            var given = string.Concat(all.Take(most).Select(minute => Entry($"e{minute}", minute)));
            return Folder(given, $"TotalItemsInView=\"{all.Count}\" "
                + $"IncludesLastItemInRange=\"{(all.Count <= most ? "true" : isLast)}\"");
        });

        var items = Answer(await Window(server.Client()).Read(
            From, From + Duration.FromMinutes(30), Cancellation));

        items.Select(item => item.ItemId).ShouldBe(Enumerable.Range(0, 30).Select(minute => $"e{minute}"));
    }

    [Theory]
    [InlineData("ErrorExceededFindCountLimit")]
    [InlineData("ErrorCalendarViewRangeTooBig")]
    public async Task a_window_that_cannot_be_read_however_short_is_given_up(string code)
    {
        await using var server = await ScriptedExchange.Start();
        server.On("FindItem", Xml.Error("FindItem", code));
        var reply = await Window(server.Client()).Read(From, From + Duration.FromDays(365), Cancellation);
        reply.ShouldBeOfType<Reply<IReadOnlyList<RawItem>>.Refused>().Code
            .ShouldBe(CalendarWindow.TooLargeCode);
        server.Arrived.Count.ShouldBeLessThan(Bounds.RequestsPerListing);
    }

    [Fact]
    public async Task entries_that_all_begin_at_once_end_the_search_for_more()
    {
        await using var server = await ScriptedExchange.Start();
        server.On("FindItem", Folder(
            Entry("one", -5), "TotalItemsInView=\"2000\" IncludesLastItemInRange=\"false\""));
        var reply = await Window(server.Client()).Read(From, From + Duration.FromDays(365), Cancellation);
        reply.ShouldBeOfType<Reply<IReadOnlyList<RawItem>>.Refused>();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task short_pages_together_are_the_whole_calendar(double shortPages)
    {
        await using var lab = await LabExchange.Start();
        var whole = (await lab.ReadAll(LabExchange.Anna)).Items.Select(item => item.ItemId).Order().ToList();
        await lab.Do(HttpMethod.Put, "faults", new { shortPages });

        var items = Answer(await Listing(lab.Calendars).Read(null, Cancellation));

        items.Select(item => item.ItemId).Order().ShouldBe(whole);
    }

    // How: five entries, two a page; what the pages say about themselves is right, missing or wrong.
    [Theory]
    [InlineData("IncludesLastItemInRange=\"{last}\" IndexedPagingOffset=\"{next}\" TotalItemsInView=\"5\"")]
    [InlineData("IncludesLastItemInRange=\"{last}\" TotalItemsInView=\"5\"")]
    [InlineData("IncludesLastItemInRange=\"{last}\"")]
    [InlineData("TotalItemsInView=\"5\"")]
    [InlineData("")]
    [InlineData("IncludesLastItemInRange=\"true\" IndexedPagingOffset=\"{next}\" TotalItemsInView=\"5\"")]
    [InlineData("IncludesLastItemInRange=\"false\" IndexedPagingOffset=\"0\" TotalItemsInView=\"5\"")]
    [InlineData("IncludesLastItemInRange=\"false\" IndexedPagingOffset=\"{next}\" TotalItemsInView=\"2\"")]
    public async Task pages_that_contradict_themselves_lose_nothing(string attributes)
    {
        await using var server = await ScriptedExchange.Start();
        server.On("FindItem", arrived =>
        {
            var match = Offset().Match(arrived.Body).Groups[1].Value;
            var offset = int.Parse(match, CultureInfo.InvariantCulture);
            var entries = Enumerable.Range(0, 5).Skip(offset).Take(2).ToList();
            var next = offset + entries.Count;
            return Folder(string.Concat(entries.Select(entry => Entry($"e{entry}", entry))), attributes
                .Replace("{last}", next >= 5 ? "true" : "false", StringComparison.Ordinal)
                .Replace("{next}", next.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        });

        var items = Answer(await Listing(server.Client()).Read(null, Cancellation));

        items.Select(item => item.ItemId).ShouldBe(["e0", "e1", "e2", "e3", "e4"]);
        server.Arrived.Count.ShouldBeLessThan(6);
    }

    [Theory]
    [InlineData("", "TotalItemsInView=\"5\" IncludesLastItemInRange=\"false\"", 1)]
    [InlineData("again", "TotalItemsInView=\"9999999\" IncludesLastItemInRange=\"false\"",
        Bounds.RequestsPerListing)]
    [InlineData("again",
        "IndexedPagingOffset=\"2147483647\" TotalItemsInView=\"9\" IncludesLastItemInRange=\"false\"", 2)]
    public async Task pages_without_an_end_are_no_answer(string item, string attributes, int requests)
    {
        await using var server = await ScriptedExchange.Start();
        server.On("FindItem", Folder(item.Length > 0 ? Entry(item, 0) : "", attributes));
        (await Listing(server.Client()).Read(null, Cancellation))
            .ShouldBeOfType<Reply<IReadOnlyList<RawItem>>.Refused>();
        server.Arrived.Count.ShouldBe(requests);
    }

    private static CalendarWindow Window(EwsCalendars calendars) =>
        new(calendars.Client, LabExchange.Anna);

    private static CalendarListing Listing(EwsCalendars calendars) =>
        new(calendars.Client, LabExchange.Anna);

    private static T Answer<T>(Reply<T> reply) => reply.ShouldBeOfType<Reply<T>.Answer>().Value;

    private static string Folder(string items, string attributes) =>
        Xml.Success("FindItem", $"<m:RootFolder {attributes}><t:Items>{items}</t:Items></m:RootFolder>");

    private static string Entry(string id, int minute) => $"<t:CalendarItem><t:ItemId Id=\"{id}\"/><t:Start>"
        + $"{From + Duration.FromMinutes(minute)}</t:Start></t:CalendarItem>";

    private static int Minute(string time, Func<double, double> round) =>
        (int)round((NodaTime.Text.InstantPattern.General.Parse(time).Value - From).TotalMinutes);

    [GeneratedRegex("StartDate=\"([^\"]*)\" EndDate=\"([^\"]*)\"")]
    private static partial Regex ViewAttributes();

    [GeneratedRegex("Offset=\"([0-9]+)\"")]
    private static partial Regex Offset();
}
