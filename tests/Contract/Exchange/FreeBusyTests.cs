using System.Text.Json;
using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Domain.Meetings;
using NodaTime;
using NodaTime.Text;

namespace HybridCalendar.Contract.Exchange;

/// <summary>Free and busy times are those of the calendars, of however many and for however long.</summary>
public sealed class FreeBusyTests
{
    private static readonly Instant From = Instant.FromUtc(2026, 10, 20, 0, 0);
    private static readonly Duration Step = Duration.FromMinutes(30);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task all_mailboxes_over_a_long_time_are_taken_when_their_calendars_say_so()
    {
        await using var lab = await LabExchange.Start();
        var mailboxes = (await lab.Get("mailboxes")).EnumerateArray()
            .Select(mailbox => mailbox.GetProperty("address").GetString()!).ToList();
        var addresses = Enumerable.Repeat(mailboxes, 4).SelectMany(all => all).Append("nobody@lab.example")
            .ToList();
        await Show(lab, "none");
        // Not a whole number of the longest windows, and the last one shorter than a step.
        var to = From + Duration.FromDays(84) + Duration.FromMinutes(10);

        var free = Answer(await Ask(lab, addresses, new FreeBusyQuestion(new Interval(From, to), Step)));

        (await lab.Get("statistics")).GetProperty("requests").GetProperty("GetUserAvailability").GetInt32()
            .ShouldBe(2 * 3, "two batches of mailboxes, three windows of 42 days at most");
        free.Count.ShouldBe(addresses.Count);
        free[^1].ShouldBe(new FreeBusy.Unknown("ErrorMailRecipientNotFound"));
        free[addresses.IndexOf(LabExchange.Ben)].ShouldBe(new FreeBusy.Unknown("ErrorNoFreeBusyAccess"));
        foreach (var address in mailboxes.Where(address => address != LabExchange.Ben).Take(8))
        {
            var known = free[addresses.IndexOf(address)].ShouldBeOfType<FreeBusy.Known>();
            var path = $"mailboxes/{address}/calendar?from={From}&to={to}";
            var truth = (await lab.Get(path)).EnumerateArray().Select(Read).ToList();
            known.Times.Select(time => (time.Start, time.End, time.ShownAs)).Order()
                .ShouldBe(truth.Order());
            known.Steps.ShouldBe(Enumerable.Range(0, (84 * 48) + 1).Select(step => Strongest(truth, step)));
            known.View.ShouldBe(address == LabExchange.Anna
                ? FreeBusyView.DetailedMerged
                : FreeBusyView.FreeBusyMerged);
            known.Times.ShouldAllBe(time => time.By == null || address == LabExchange.Anna);
        }
    }

    [Theory]
    [InlineData(FreeBusyView.MergedOnly, true, false)]
    [InlineData(FreeBusyView.FreeBusy, false, true)]
    [InlineData(FreeBusyView.FreeBusyMerged, true, true)]
    [InlineData(FreeBusyView.Detailed, false, true)]
    [InlineData(FreeBusyView.DetailedMerged, true, true)]
    public async Task every_view_shows_what_it_is_named_after(FreeBusyView view, bool steps, bool times)
    {
        await using var lab = await LabExchange.Start();
        await Show(lab, "details");
        var span = new Interval(From, From + Duration.FromDays(30));

        var known = Answer(await Ask(lab, [LabExchange.Ben], new FreeBusyQuestion(span, Step, view)))
            .ShouldHaveSingleItem().ShouldBeOfType<FreeBusy.Known>();

        known.View.ShouldBe(view);
        known.Steps.Any().ShouldBe(steps);
        known.Times.Any().ShouldBe(times);
        known.Times.Any(time => time.By is { Title: not null })
            .ShouldBe(view is FreeBusyView.Detailed or FreeBusyView.DetailedMerged);
        known.Hours!.Periods.ShouldHaveSingleItem().Start.ShouldBe(new LocalTime(8, 0));
    }

    [Fact]
    public async Task a_private_meeting_keeps_its_words()
    {
        await using var lab = await LabExchange.Start();
        await lab.Do(HttpMethod.Post, "meetings", new
        {
            organizer = LabExchange.Anna, subject = "Secret", location = "There", sensitivity = "private",
            start = "2027-08-02T09:00:00Z", end = "2027-08-02T10:00:00Z",
        });
        var start = Instant.FromUtc(2027, 8, 2, 9, 0);
        var question = new FreeBusyQuestion(new Interval(start, start + Duration.FromHours(1)), Step);

        var known = Answer(await Ask(lab, [LabExchange.Anna], question)).Single()
            .ShouldBeOfType<FreeBusy.Known>();

        known.Times.ShouldContain(new BusyTime(start, start + Duration.FromHours(1), ShownAs.Busy,
            new BusyBy(null, null, false, false, false, true)));
        known.Steps.ShouldBe([ShownAs.Busy, ShownAs.Busy]);
    }

    [Fact]
    public async Task a_window_that_the_server_does_not_take_is_a_refusal()
    {
        await using var lab = await LabExchange.Start();
        await lab.Do(HttpMethod.Put, "availability", new { days = 10 });
        var question = new FreeBusyQuestion(new Interval(From, From + Duration.FromDays(11)), Step);
        (await Ask(lab, [LabExchange.Ben], question))
            .ShouldBeOfType<Reply<IReadOnlyList<FreeBusy>>.Refused>()
            .Code.ShouldBe("ErrorTimeIntervalTooBig");
    }

    [Theory]
    [InlineData("response")]
    [InlineData("inner")]
    public async Task a_busy_server_is_left_alone(string carrier)
    {
        await using var lab = await LabExchange.Start();
        await lab.Do(HttpMethod.Put, "faults", new { busy = 1, busyCarrier = carrier });
        var question = new FreeBusyQuestion(new Interval(From, From + Duration.FromDays(1)), Step);
        (await Ask(lab, [LabExchange.Ben], question))
            .ShouldBeOfType<Reply<IReadOnlyList<FreeBusy>>.Busy>();
    }

    // Digits beyond what is known, too few of them, and a view without any.
    [Theory]
    [InlineData("DetailedMerged", "012345", "Free Tentative Busy OutOfOffice WorkingElsewhere NoData")]
    [InlineData("MergedOnly", "29", "Busy NoData NoData NoData NoData NoData")]
    [InlineData("MergedOnly", "11111111", "Tentative Tentative Tentative Tentative Tentative Tentative")]
    [InlineData("FreeBusy", "", "Free Free Busy Busy Free Free")]
    public async Task steps_are_as_many_as_were_asked_for(string view, string digits, string steps)
    {
        await using var server = await ScriptedExchange.Start();
        server.On("GetUserAvailability", Xml.Envelope("<m:GetUserAvailabilityResponse>"
            + "<m:FreeBusyResponseArray><m:FreeBusyResponse><m:ResponseMessage ResponseClass=\"Success\">"
            + "<m:ResponseCode>NoError</m:ResponseCode></m:ResponseMessage><m:FreeBusyView>"
            + $"<t:FreeBusyViewType>{view}</t:FreeBusyViewType>"
            + (digits.Length > 0 ? $"<t:MergedFreeBusy>{digits}</t:MergedFreeBusy>" : "<t:CalendarEventArray>"
            + "<t:CalendarEvent><t:StartTime>2026-10-20T01:10:00</t:StartTime><t:EndTime>"
            + "2026-10-20T03:00:00+01:00</t:EndTime><t:BusyType>Busy</t:BusyType></t:CalendarEvent>"
            + "</t:CalendarEventArray>")
            + "</m:FreeBusyView></m:FreeBusyResponse></m:FreeBusyResponseArray>"
            + "</m:GetUserAvailabilityResponse>"));
        var editing = new EwsCalendarEditing(server.Client());
        var question = new FreeBusyQuestion(new Interval(From, From + (Step * 6)), Step);

        var known = Answer(await editing.ReadFreeBusy(
            ScriptedExchange.Mailbox("a"), ["b@example.org"], question, Cancellation)).Single()
            .ShouldBeOfType<FreeBusy.Known>();

        string.Join(' ', known.Steps).ShouldBe(steps);
    }

    [Fact]
    public void a_question_has_bounds()
    {
        var day = new Interval(From, From + Duration.FromDays(1));
        foreach (var (span, step) in new[]
        {
            (day, Duration.FromMinutes(4)),
            (day, Duration.FromMinutes(1441)),
            (day, Duration.FromSeconds(330)),
            (new Interval(From, From + Duration.FromMinutes(5)), Duration.FromMinutes(6)),
            (new Interval(From, From + Duration.FromDays(400)), Duration.FromMinutes(5)),
        })
        {
            Should.Throw<ArgumentOutOfRangeException>(() => new FreeBusyQuestion(span, step));
        }
    }

    private static Task Show(LabExchange lab, string access) =>
        lab.Do(HttpMethod.Put, $"mailboxes/{LabExchange.Ben}/free-busy-access", new { access });

    private static Task<Reply<IReadOnlyList<FreeBusy>>> Ask(
        LabExchange lab, IReadOnlyList<string> addresses, FreeBusyQuestion question) =>
        new EwsCalendarEditing(lab.Calendars).ReadFreeBusy(
            lab.Mailbox(LabExchange.Anna), addresses, question, Cancellation);

    private static T Answer<T>(Reply<T> reply) => reply.ShouldBeOfType<Reply<T>.Answer>().Value;

    private static ShownAs Strongest(List<(Instant Start, Instant End, ShownAs ShownAs)> truth, int step) =>
        truth.Where(entry => entry.Start < From + (Step * (step + 1)) && entry.End > From + (Step * step))
            .Select(entry => entry.ShownAs).Append(ShownAs.Free).Max();

    private static (Instant Start, Instant End, ShownAs ShownAs) Read(JsonElement line)
    {
        Instant Time(string name) =>
            InstantPattern.ExtendedIso.Parse(line.GetProperty(name).GetString()!).Value;
        var word = line.GetProperty("showAs").GetString()!;
        return (Time("start"), Time("end"),
            word == "oof" ? ShownAs.OutOfOffice : Enum.Parse<ShownAs>(word, ignoreCase: true));
    }
}
