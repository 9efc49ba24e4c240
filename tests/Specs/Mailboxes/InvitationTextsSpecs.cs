using HybridCalendar.Domain.Joining;
using HybridCalendar.Domain.Mailboxes;

namespace HybridCalendar.Specs.Mailboxes;

/// <summary>Whether an invitation says anything, and whose name stands for its title.</summary>
public class InvitationTextsSpecs
{
    [Theory]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData(" \r\n\t\u00a0", false)]
    [InlineData("Agenda", true)]
    public void A_body_of_blanks_is_none(string? body, bool hasBody) =>
        Of(body, BodyFormat.Text).HasBody.ShouldBe(hasBody);

    [Theory]
    [InlineData("<html><head><style>p { color: red }</style></head><body></body></html>", false)]
    [InlineData("<html><body><p>&nbsp;</p><div><br></div></body></html>", false)]
    [InlineData("<html><body><p>Agenda</p></body></html>", true)]
    [InlineData("<a href=\"https://example.webex.com/m/1\"></a>", true)]
    public void HTML_in_which_nothing_is_to_be_read_is_none(string body, bool hasBody) =>
        Of(body, BodyFormat.Html).HasBody.ShouldBe(hasBody);

    [Fact]
    public void A_long_body_is_one_without_being_read() =>
        Of(new string(' ', 5000), BodyFormat.Html).HasBody.ShouldBeTrue();

    [Theory]
    [InlineData(null, "Ada", TitleText.None)]
    [InlineData(" ", "Ada", TitleText.None)]
    [InlineData("Ada", "Ada", TitleText.OrganizersName)]
    [InlineData("ADA ", "Ada", TitleText.OrganizersName)]
    [InlineData("Ada Planning", "Ada", TitleText.OrganizersName)]
    [InlineData("Planning", "Ada", TitleText.Other)]
    [InlineData("Planning", "", TitleText.Other)]
    [InlineData("Planning", null, TitleText.Other)]
    public void A_title_is_none_or_the_organizers_name_or_another(
        string? title, string? name, TitleText expected) =>
        InvitationTexts.Of(null, "", BodyFormat.Text, title, name).Title.ShouldBe(expected);

    private static InvitationTexts Of(string? body, BodyFormat format) =>
        InvitationTexts.Of(null, body, format, "Planning", "Ada");
}
