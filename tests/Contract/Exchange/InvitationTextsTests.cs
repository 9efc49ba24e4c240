using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Domain.Mailboxes;

namespace HybridCalendar.Contract.Exchange;

/// <summary>What is told of the texts of invitations, without the texts.</summary>
public sealed class InvitationTextsTests
{
    private const string Room = "room.alster@lab.example";

    [Fact]
    public async Task it_is_told_whether_a_room_kept_the_body_and_whose_name_stands_for_the_title()
    {
        await using var lab = await LabExchange.Start();
        await Book(lab, "Kept");
        await lab.Do(HttpMethod.Put, $"mailboxes/{Room}/processing", new { deleteComments = true });
        await Book(lab, "Without a text");
        await lab.Do(HttpMethod.Put, $"mailboxes/{Room}/processing", new
        {
            deleteComments = true, addOrganizerToSubject = true,
        });
        await Book(lab, "Without anything");

        var read = (await lab.ReadAll(Room)).Items.OfType<ItemRead.Meeting>()
            .Where(meeting => meeting.Facts.When.Start == Start)
            .Select(meeting => meeting.Texts.ShouldNotBeNull())
            .ToArray();
        read.Select(texts => (texts.HasBody, texts.Title)).ShouldBe(
            [(true, TitleText.Other), (false, TitleText.Other), (false, TitleText.OrganizersName)],
            ignoreOrder: true);
        read.ShouldAllBe(texts => texts.At != null);
    }

    [Fact]
    public async Task nothing_is_told_of_what_somebody_planned_himself()
    {
        await using var lab = await LabExchange.Start();
        await Book(lab, "Own");
        (await lab.ReadAll(LabExchange.Anna)).Items.OfType<ItemRead.Meeting>()
            .Single(meeting => meeting.Facts.When.Start == Start)
            .Texts.ShouldBeNull();
    }

    private static NodaTime.Instant Start { get; } = NodaTime.Instant.FromUtc(2027, 2, 3, 4, 5);

    private static Task Book(LabExchange lab, string subject) => lab.Do(HttpMethod.Post, "meetings", new
    {
        organizer = LabExchange.Anna,
        required = new[] { LabExchange.Ben },
        rooms = new[] { Room },
        subject,
        body = "<p>Bring cups.</p>",
        bodyType = "HTML",
        start = Start.ToString(),
        end = (Start + NodaTime.Duration.FromHours(1)).ToString(),
    });
}
