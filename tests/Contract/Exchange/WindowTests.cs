using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Domain.Time;
using NodaTime;
using NodaTime.Text;

namespace HybridCalendar.Contract.Exchange;

/// <summary>What a server shows of a window: series taken apart by the server itself.</summary>
public sealed class WindowTests
{
    private static readonly Instant From = Instant.FromUtc(2026, 11, 16, 0, 0);
    private static readonly Instant To = Instant.FromUtc(2026, 12, 28, 0, 0);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2013")]
    [InlineData("2016")]
    [InlineData("2019")]
    [InlineData("SE")]
    public async Task a_window_is_what_the_calendar_holds_on_every_release(string release)
    {
        await using var lab = await LabExchange.Start(release);
        var truth = await lab.Get($"mailboxes/{LabExchange.Anna}/calendar?from={From}&to={To}");
        var expected = truth.EnumerateArray().Select(line => new ShownOccurrence(
            At(line.GetProperty("start").GetString()!),
            At(line.GetProperty("end").GetString()!),
            line.GetProperty("allDay").GetBoolean(),
            line.GetProperty("cancelled").GetBoolean(),
            line.TryGetProperty("originalStart", out var original) && original.GetString() is { } text
                ? At(text)
                : null)).ToList();
        var known = (await lab.ReadAll(LabExchange.Anna)).Items.OfType<ItemRead.Meeting>();

        var entries = await Window(lab);

        entries.Select(entry => entry.Shown).ShouldBe(expected, ignoreOrder: true);
        expected.ShouldContain(shown => shown.OriginalStart != null);
        entries.Select(entry => entry.GlobalId).Except(known.Select(item => item.GlobalId)).ShouldBeEmpty();
        entries.Select(entry => entry.ItemId).ShouldBeUnique();
    }

    [Fact]
    public async Task a_rule_that_is_an_approximation_is_shown_later_and_read_as_it_is()
    {
        await using var lab = await LabExchange.Start();
        var uid = await Book(lab, hidden: false);
        var before = (await Window(lab)).Where(entry => entry.GlobalId == uid).ToList();
        var (_, cursor) = await lab.ReadAll(LabExchange.Anna);

        await lab.Do(HttpMethod.Put, $"meetings/{uid}/approximation", new { days = 1 });

        var later = (await Window(lab)).Where(entry => entry.GlobalId == uid);
        later.Select(entry => entry.Shown.Start)
            .ShouldBe(before.Select(entry => entry.Shown.Start + Duration.FromDays(1)));
        (await lab.ReadAll(LabExchange.Anna, cursor)).Items.ShouldBeEmpty();
        (await Read(lab, uid)).ShouldNotBeNull().Facts.When.Recurrence.ShouldNotBeNull()
            .Pattern.ShouldBe(new RecurrencePattern.Daily(7));
    }

    [Fact]
    public async Task a_meeting_that_is_hidden_is_shown_in_views_and_synchronized_when_it_is_revealed()
    {
        await using var lab = await LabExchange.Start();
        var (_, cursor) = await lab.ReadAll(LabExchange.Anna);
        var uid = await Book(lab, hidden: true);

        (await Window(lab)).ShouldContain(entry => entry.GlobalId == uid);
        (await Read(lab, uid)).ShouldBeNull();
        (await lab.ReadAll(LabExchange.Anna, cursor)).Items.ShouldBeEmpty();

        await lab.Do(HttpMethod.Post, $"meetings/{uid}/reveal");
        (await lab.ReadAll(LabExchange.Anna, cursor)).Items.ShouldHaveSingleItem()
            .ShouldBeOfType<ItemRead.Meeting>().GlobalId.ShouldBe(uid);
    }

    [Fact]
    public async Task while_the_server_is_busy_no_window_is_read()
    {
        await using var lab = await LabExchange.Start();
        await lab.Do(HttpMethod.Put, "faults", new { busy = 1, busyBackOffMilliseconds = 60000 });
        (await lab.Calendars.ReadWindow(lab.Mailbox(LabExchange.Anna), From, To, Cancellation))
            .ShouldBeOfType<Reply<IReadOnlyList<WindowEntry>>.Busy>();
    }

    private static async Task<string> Book(LabExchange lab, bool hidden) => await lab.Post("meetings", new
    {
        organizer = LabExchange.Anna,
        subject = "By the moon",
        start = "2026-11-23T08:00:00Z",
        end = "2026-11-23T09:00:00Z",
        recurrence = new { pattern = "daily", interval = 7, count = 4 },
        hidden,
    }, "uid");

    private static async Task<ItemRead.Meeting?> Read(LabExchange lab, string uid) =>
        (await lab.ReadAll(LabExchange.Anna)).Items.OfType<ItemRead.Meeting>()
            .SingleOrDefault(meeting => meeting.GlobalId == uid);

    private static async Task<IReadOnlyList<WindowEntry>> Window(LabExchange lab) =>
        (await lab.Calendars.ReadWindow(lab.Mailbox(LabExchange.Anna), From, To, Cancellation))
            .ShouldBeOfType<Reply<IReadOnlyList<WindowEntry>>.Answer>().Value;

    private static Instant At(string text) => InstantPattern.ExtendedIso.Parse(text).Value;
}
