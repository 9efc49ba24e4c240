using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Host;
using HybridCalendar.Host.Watch;
using NodaTime;

namespace HybridCalendar.Specs.Watch;

/// <summary>How the organization's list of mailboxes is read.</summary>
public class MailboxFileSpecs
{
    private const string Forms =
        "Line 3 of people.csv is not 'address,user' or 'address,room', "
        + "with 'lead=MINUTES' and 'tail=MINUTES' behind it at most once each.";

    [Fact]
    public void A_line_is_an_address_and_whose_it_is() =>
        Parse("ada@example.com,user", "room1@example.com,room").ShouldBe(
            [Line("ada@example.com", MailboxKind.User), Line("room1@example.com", MailboxKind.Room)]);

    [Fact]
    public void An_address_alone_is_a_users() =>
        Parse("ada@example.com").ShouldBe([Line("ada@example.com", MailboxKind.User)]);

    [Fact]
    public void Empty_lines_and_comments_say_nothing_and_blanks_do_not_count() =>
        Parse("# people", "", "   ", "  ada@example.com , room  ", "  # and no more")
            .ShouldBe([Line("ada@example.com", MailboxKind.Room)]);

    [Theory]
    [InlineData("ada@example.com,room,lead=10,tail=5", 10, 5)]
    [InlineData("ada@example.com,room,tail=60,lead=0", 0, 60)]
    [InlineData("ada@example.com, room , lead=60", 60, null)]
    [InlineData("ada@example.com,room,tail=0", null, 0)]
    public void A_mailbox_may_have_join_times_of_its_own(string line, int? lead, int? tail) =>
        Parse(line).ShouldBe(
            [Line("ada@example.com", MailboxKind.Room) with { JoinTimes = Own(lead, tail) }]);

    [Fact]
    public void Whose_it_is_need_not_be_said_before_the_join_times() =>
        Parse("ada@example.com,tail=1").ShouldBe(
            [Line("ada@example.com", MailboxKind.User) with { JoinTimes = Own(null, 1) }]);

    [Fact]
    public void A_list_of_nobody_is_a_list() => Parse().ShouldBeEmpty();

    [Theory]
    [InlineData("ada")]
    [InlineData("ada,user")]
    [InlineData("ada@example.com,desk")]
    [InlineData("ada@example.com,")]
    [InlineData("ada@example.com,user,room")]
    [InlineData(",user")]
    [InlineData("ada@example.com,lead=1,room")]
    [InlineData("ada@example.com,user,lead=1,lead=2")]
    [InlineData("ada@example.com,user,lead 1")]
    public void A_line_that_is_neither_is_refused_by_its_number(string line) =>
        Wrong("# people", "ben@example.com", line).ShouldBe(Forms);

    [Theory]
    [InlineData("lead=61")]
    [InlineData("tail=-1")]
    [InlineData("lead=1.5")]
    [InlineData("tail=")]
    [InlineData("lead=99999999999")]
    public void Join_times_out_of_bounds_are_refused_by_their_line(string time) =>
        Wrong($"ada@example.com,room,{time}").ShouldBe(
            $"Line 1 of people.csv has {time}: whole minutes from 0 to 60.");

    [Theory]
    [InlineData("ada@example.com,room")]
    [InlineData("ADA@Example.com")]
    public void An_address_that_is_there_twice_is_refused_whatever_its_letters_case(string again) =>
        Wrong("ada@example.com", again).ShouldBe(
            "Line 2 of people.csv names an address that was there before.");

    private static string Wrong(params string[] lines) =>
        Should.Throw<SettingsException>(() => Parse(lines)).Message;

    private static IReadOnlyList<ListedAddress> Parse(params string[] lines) =>
        MailboxFile.Parse(lines, "people.csv");

    private static ListedAddress Line(string address, MailboxKind kind) =>
        new(address, kind, OwnJoinTimes.None);

    private static OwnJoinTimes Own(int? lead, int? tail) => new(Minutes(lead), Minutes(tail));

    private static Duration? Minutes(int? minutes) =>
        minutes is { } number ? Duration.FromMinutes(number) : null;
}
