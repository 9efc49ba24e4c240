using System.Text.RegularExpressions;

namespace HybridCalendar.Specs.Tidy;

/// <summary>The README's table of what is shown has a row for each kind of meeting, and a test for each row.
/// </summary>
public partial class ShownTableTests
{
    private const string Heading = "## What is shown";
    private const string Head = "| Meeting |";

    private static readonly string[] _rows =
    [
        .. Repository.Read("README.md").Split(Heading)[1].Split("\n#")[0].Split('\n')
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Where(line => !line.StartsWith(Head, StringComparison.Ordinal)),
    ];

    public static TheoryData<string> Rows => [.. _rows];

    [Theory]
    [MemberData(nameof(Rows))]
    public void each_row_names_a_test_that_is_there(string row)
    {
        var cells = row.Trim('|').Split('|');
        cells.Length.ShouldBe(5);
        cells.ShouldAllBe(cell => !string.IsNullOrWhiteSpace(cell));
        var test = TestOfClass().Match(cells[^1]);
        test.Success.ShouldBeTrue();
        var sources = Repository.Sources("tests").Where(path =>
            path.EndsWith($"/{test.Groups[1].Value}.cs", StringComparison.Ordinal));
        Repository.Read(sources.ShouldHaveSingleItem()).ShouldContain($" {test.Groups[2].Value}(");
    }

    [Fact]
    public void every_kind_of_meeting_has_a_row() => _rows.Select(row => row.Split('|')[1].Trim()).ShouldBe(
    [
        "cancelled", "declined", "tentative", "not answered", "free, working elsewhere",
        "private, confidential", "personal", "all-day", "over midnight", "overlapping", "back to back",
        "without a join target", "organizer's own", "delegate-booked", "room declined",
        "room not auto-accepting", "past", "in progress",
    ]);

    [GeneratedRegex("^ `([A-Za-z]+)`: `([A-Za-z0-9_]+)` $")]
    private static partial Regex TestOfClass();
}
