using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Specs.Meetings;
using NodaTime;

namespace HybridCalendar.Specs.Mailboxes;

/// <summary>How it is told by their pattern that a room takes texts out of invitations.</summary>
public class StrippingSpecs
{
    private static readonly MailboxId Id = Example.Mailbox;
    private static readonly Instant Now = Example.November(21);

    private static readonly MailboxEnabled Enabled =
        new(TestSealer.Seal("room"), MailboxKind.Room) { Mailbox = Id, At = Now };

    private static readonly StrippedTextsChanged WithoutBody =
        new([StrippedText.Body]) { Mailbox = Id, At = Now };

    [Fact]
    public void Five_invitations_and_none_with_a_body_are_a_pattern()
    {
        Stripping.Of(Invitations(5, hasBody: false)).ShouldBe([StrippedText.Body]);
        Stripping.Of(Invitations(4, hasBody: false)).ShouldBeEmpty();
        Stripping.Of([]).ShouldBeEmpty();
    }

    [Fact]
    public void One_of_the_newest_ten_with_a_body_is_none()
    {
        InvitationTexts old = new(Now - Duration.FromDays(1), HasBody: true, TitleText.Other);
        Stripping.Of(Invitations(9, hasBody: false).Append(old)).ShouldBeEmpty();
        Stripping.Of(Invitations(10, hasBody: false).Append(old)).ShouldBe([StrippedText.Body]);
        Stripping.Of(Invitations(20, hasBody: false).Append(old with { At = Now + Duration.FromDays(1) }))
            .ShouldBeEmpty();
    }

    [Theory]
    [InlineData(TitleText.None, StrippedText.Title)]
    [InlineData(TitleText.OrganizersName, StrippedText.TitleForOrganizer)]
    public void Titles_that_all_miss_or_are_all_the_organizers_name_are_a_pattern(
        TitleText title, StrippedText stripped)
    {
        var invitations = Invitations(6, hasBody: true, title);
        Stripping.Of(invitations).ShouldBe([stripped]);
        Stripping.Of(invitations.Append(new InvitationTexts(Now, HasBody: true, TitleText.Other)))
            .ShouldBeEmpty();
        Stripping.Of(Invitations(6, hasBody: false, title)).ShouldBe([StrippedText.Body, stripped]);
    }

    [Fact]
    public void Ordinary_invitations_are_none() =>
        Stripping.Of(Invitations(10, hasBody: true)).ShouldBeEmpty();

    [Fact]
    public void A_room_that_turns_out_to_do_so_is_news_once()
    {
        Judge(Invitations(5, hasBody: false), Enabled).ShouldBe([WithoutBody]);
        Judge(Invitations(6, hasBody: false), Enabled, WithoutBody).ShouldBeEmpty();
    }

    [Fact]
    public void A_room_that_does_so_no_more_is_news_once()
    {
        var no = new StrippedTextsChanged([]) { Mailbox = Id, At = Now };
        Judge(Invitations(5, hasBody: true), Enabled, WithoutBody).ShouldBe([no]);
        Judge(Invitations(5, hasBody: true), Enabled, WithoutBody, no).ShouldBeEmpty();
    }

    [Fact]
    public void A_person_is_not_judged_nor_what_is_not_watched()
    {
        var person = new MailboxEnabled(Enabled.Address, MailboxKind.User) { Mailbox = Id, At = Now };
        var disabled = new MailboxDisabled { Mailbox = Id, At = Now };

        Judge(Invitations(5, hasBody: false), person).ShouldBeEmpty();
        Judge(Invitations(5, hasBody: false), Enabled, disabled).ShouldBeEmpty();
        Judge(Invitations(5, hasBody: false)).ShouldBeEmpty();
    }

    [Fact]
    public void What_is_a_persons_from_now_on_takes_nothing_away()
    {
        var person = new MailboxEnabled(Enabled.Address, MailboxKind.User) { Mailbox = Id, At = Now };

        MailboxSpec.Fold([Enabled, WithoutBody, Enabled])!.Stripped.ShouldBe([StrippedText.Body]);
        MailboxSpec.Fold([Enabled, WithoutBody, person])!.Stripped.ShouldBeEmpty();
    }

    private static IReadOnlyList<MailboxEvent> Judge(
        IEnumerable<InvitationTexts> invitations, params MailboxEvent[] past) =>
        MailboxDecider.Judge(MailboxSpec.Fold(past), Id, invitations, Now);

    private static IEnumerable<InvitationTexts> Invitations(
        int count, bool hasBody, TitleText title = TitleText.Other) =>
        Enumerable.Range(0, count)
            .Select(minute => new InvitationTexts(Now + Duration.FromMinutes(minute), hasBody, title));
}
