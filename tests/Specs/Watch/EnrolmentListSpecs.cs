using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Host;
using HybridCalendar.Host.Watch;

namespace HybridCalendar.Specs.Watch;

/// <summary>How the organization's list of mailboxes is read.</summary>
public class EnrolmentListSpecs
{
    [Fact]
    public void A_line_is_an_address_and_whose_it_is() =>
        Parse("ada@example.com,user", "room1@example.com,room").ShouldBe(
            [("ada@example.com", MailboxKind.User), ("room1@example.com", MailboxKind.Room)]);

    [Fact]
    public void An_address_alone_is_a_users() =>
        Parse("ada@example.com").ShouldBe([("ada@example.com", MailboxKind.User)]);

    [Fact]
    public void Empty_lines_and_comments_say_nothing_and_blanks_do_not_count() =>
        Parse("# people", "", "   ", "  ada@example.com , room  ", "  # and no more")
            .ShouldBe([("ada@example.com", MailboxKind.Room)]);

    [Fact]
    public void A_list_of_nobody_is_a_list() => Parse().ShouldBeEmpty();

    [Theory]
    [InlineData("ada")]
    [InlineData("ada,user")]
    [InlineData("ada@example.com,desk")]
    [InlineData("ada@example.com,")]
    [InlineData("ada@example.com,user,room")]
    [InlineData(",user")]
    public void A_line_that_is_neither_is_refused_by_its_number(string line) =>
        Wrong("# people", "ben@example.com", line).ShouldBe(
            "Line 3 of people.csv is not 'address,user' or 'address,room', or names an address twice.");

    [Theory]
    [InlineData("ada@example.com,room")]
    [InlineData("ADA@Example.com")]
    public void An_address_that_is_there_twice_is_refused_whatever_its_letters_case(string again) =>
        Wrong("ada@example.com", again).ShouldBe(
            "Line 2 of people.csv is not 'address,user' or 'address,room', or names an address twice.");

    private static string Wrong(params string[] lines) =>
        Should.Throw<SettingsException>(() => Parse(lines)).Message;

    /// <summary>Reading the list needs neither store nor keys nor clock.</summary>
    private static IReadOnlyList<(string Address, MailboxKind Kind)> Parse(params string[] lines) =>
        new Enrolment(Settings, null!, null!, null!, TimeProvider.System).Parse(lines);

    private static Settings Settings { get; } = new()
    {
        Database = "",
        KeyFile = "",
        MailboxFile = "people.csv",
        Exchange = new ExchangeSettings { Url = new Uri("https://example.com"), Account = "", Password = "" },
    };
}
