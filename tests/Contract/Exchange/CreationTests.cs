using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Domain.Time;
using NodaTime;

namespace HybridCalendar.Contract.Exchange;

/// <summary>New meetings are made once, and are read back as they were wished for.</summary>
public sealed class CreationTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 12, 1, 9, 0);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<RecurrencePattern> Patterns =>
    [
        new RecurrencePattern.Daily(3),
        new RecurrencePattern.Weekly(2, [IsoDayOfWeek.Tuesday, IsoDayOfWeek.Friday], IsoDayOfWeek.Monday),
        new RecurrencePattern.AbsoluteMonthly(1, 1),
        new RecurrencePattern.RelativeMonthly(1, DayOfWeekIndex.First, DayOfWeekToken.Weekday),
        new RecurrencePattern.AbsoluteYearly(1, 12),
        new RecurrencePattern.RelativeYearly(DayOfWeekIndex.First, DayOfWeekToken.Tuesday, 12),
    ];

    [Fact]
    public Task a_single_meeting_is_read_back_as_it_was_wished_for() => ReadBack(null);

    [Theory]
    [MemberData(nameof(Patterns))]
    public Task a_series_is_read_back_as_it_was_wished_for(RecurrencePattern pattern) =>
        ReadBack(new Recurrence(pattern, new LocalDate(2026, 12, 1), Count: 4));

    private static async Task ReadBack(Recurrence? recurrence)
    {
        await using var lab = await LabExchange.Start();
        var (_, cursor) = await lab.ReadAll(LabExchange.Anna);
        var wish = Wish("one", Telling.Nobody, recurrence);

        var written = Answer(await Create(lab, wish));

        var (items, _) = await lab.ReadAll(LabExchange.Anna, cursor);
        var meeting = items.ShouldHaveSingleItem().ShouldBeOfType<ItemRead.Meeting>();
        (meeting.ItemId, meeting.ChangeKey).ShouldBe((written.ItemId, written.ChangeKey));
        meeting.Facts.When.ShouldBe(wish.When with { Zone = "W. Europe Standard Time" });
        meeting.Facts.ShownAs.ShouldBe(ShownAs.Tentative);
        meeting.Facts.Participants.Select(participant => participant.Role)
            .ShouldBe([ParticipantRole.Required, ParticipantRole.Resource]);
        lab.Mailbox(LabExchange.Anna).Seal.Open(meeting.Facts.Title!).ShouldBe("Cake & tea");
        (await lab.Get("mails")).GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task one_wish_makes_one_meeting_and_one_invitation()
    {
        await using var lab = await LabExchange.Start();
        var first = Answer(await Create(lab, Wish("one", Telling.Attendees)));

        var again = Answer(await Create(lab, Wish("one", Telling.Attendees)));
        var other = Answer(await Create(lab, Wish("two", Telling.Nobody)));

        first.WasWritten.ShouldBeTrue();
        again.WasWritten.ShouldBeFalse();
        again.ItemId.ShouldBe(first.ItemId);
        other.ItemId.ShouldNotBe(first.ItemId);
        (await lab.Get("mails")).GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task after_a_broken_connection_the_meeting_is_looked_for_before_it_is_made_again()
    {
        await using var server = await ScriptedExchange.Start();
        var made = false;
        server
            .On("FindItem", _ => Xml.Success("FindItem", "<m:RootFolder TotalItemsInView=\"1\" "
                + "IncludesLastItemInRange=\"true\"><t:Items>"
                + (made ? "<t:CalendarItem><t:ItemId Id=\"one\" ChangeKey=\"key\"/></t:CalendarItem>" : "")
                + "</t:Items></m:RootFolder>"))
            .On("CreateItem", (http, _) =>
            {
                made = true;
                http.Abort();
                return Task.CompletedTask;
            });
        var editing = new EwsCalendarEditing(server.Client());
        var mailbox = ScriptedExchange.Mailbox("a");

        await Should.ThrowAsync<HttpRequestException>(() =>
            editing.Create(mailbox, Wish("one", Telling.Nobody), Cancellation));
        Answer(await editing.Create(mailbox, Wish("one", Telling.Nobody), Cancellation))
            .ShouldBe(new WrittenMeeting("one", "key", false));
        server.Operations.ShouldBe("FindItem CreateItem FindItem");
    }

    [Fact]
    public async Task what_the_server_does_not_take_is_a_refusal()
    {
        await using var lab = await LabExchange.Start();
        var wish = Wish("one", Telling.Nobody, new Recurrence(
            new RecurrencePattern.Daily(1), new LocalDate(2026, 12, 1), End: new LocalDate(2026, 11, 1)));
        (await Create(lab, wish)).ShouldBeOfType<Reply<WrittenMeeting>.Refused>()
            .Code.ShouldBe("ErrorRecurrenceHasNoOccurrence");
        var zoneless = new NewMeeting
        {
            Key = "x", Title = "x", When = wish.When with { Zone = "tzone://Microsoft/Custom" },
        };
        await Should.ThrowAsync<ArgumentException>(() => Create(lab, zoneless));
    }

    private static NewMeeting Wish(string key, Telling telling, Recurrence? recurrence = null) => new()
    {
        Key = key,
        Title = "Cake & tea",
        Body = "Eat.",
        Location = "Roof",
        ShownAs = ShownAs.Tentative,
        Telling = telling,
        When = new When
        {
            Start = Start,
            End = Start + Duration.FromMinutes(45),
            Zone = "Europe/Berlin",
            Recurrence = recurrence,
        },
        Invited = [(LabExchange.Ben, ParticipantRole.Required), ("room.alster@lab.example",
            ParticipantRole.Resource)],
        Marks = new Dictionary<MeetingMark, string> { [MeetingMark.Space] = "space-1" },
    };

    private static Task<Reply<WrittenMeeting>> Create(LabExchange lab, NewMeeting meeting) =>
        new EwsCalendarEditing(lab.Calendars).Create(lab.Mailbox(LabExchange.Anna), meeting, Cancellation);

    private static T Answer<T>(Reply<T> reply) => reply.ShouldBeOfType<Reply<T>.Answer>().Value;
}
