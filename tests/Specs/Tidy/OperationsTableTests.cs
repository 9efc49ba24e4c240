using System.Text.RegularExpressions;

namespace HybridCalendar.Specs.Tidy;

/// <summary>The README's table of operations and releases names what is there, all of it.</summary>
public partial class OperationsTableTests
{
    private const string Operations = "src/Adapters/Exchange/Operations/";
    private const string Autodiscover = "src/Adapters/Exchange/Autodiscover/";
    private const string Heading = "### Operations and releases";

    private static readonly string[] _rows =
    [
        .. Repository.Read("README.md").Split(Heading)[1].Split("\n#")[0].Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal)),
    ];

    public static TheoryData<string> Rows => [.. _rows];

    [Theory]
    [MemberData(nameof(Rows))]
    public void each_row_names_the_file_of_an_operation_and_a_test_of_its_class(string row)
    {
        var cells = row.Trim('|').Split('|');
        cells.Length.ShouldBe(6);
        var file = Name(row) + ".cs";
        string[] places = [Operations + file, Autodiscover + file];
        Repository.Files().Count(places.Contains).ShouldBe(1);

        var test = TestOfClass().Match(cells[^1]);
        test.Success.ShouldBeTrue();
        var sources = Repository.Sources("tests/Contract/Exchange").Where(path =>
            path.EndsWith($"/{test.Groups[1].Value}.cs", StringComparison.Ordinal));
        Repository.Read(sources.ShouldHaveSingleItem()).ShouldContain($" {test.Groups[2].Value}(");
    }

    /// <summary>A file is one of an operation when it leads to the operation's page.</summary>
    [Fact]
    public void every_operation_has_a_row() => Repository.Sources("src")
        .Where(path => path.StartsWith(Operations, StringComparison.Ordinal)
            && Repository.Read(path).Contains("-operation\"/>", StringComparison.Ordinal))
        .Select(Path.GetFileNameWithoutExtension)
        .Except(_rows.Select(Name)).ShouldBeEmpty();

    private static string Name(string row) => row.Split('`')[1];

    [GeneratedRegex("`([A-Za-z]+Tests)`: `([a-z0-9_]+)`")]
    private static partial Regex TestOfClass();
}
