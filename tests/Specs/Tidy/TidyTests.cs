namespace HybridCalendar.Specs.Tidy;

/// <summary>The style as a test: what must hold here, then each rule on a bad example.</summary>
public class TidyTests
{
    private static readonly string[] _scripts = ["run", "test", ".ci/run", "db/cluster", "db/regenerate"];
    private static readonly string[] _sourced = ["db/demo", "db/hold"];

    [Fact]
    public void no_source_file_or_line_is_too_long() =>
        Complaints(Repository.Sources("src", "tests"), TidyRules.TooLong).ShouldBeEmpty();

    [Fact]
    public void no_script_or_line_of_it_is_too_long() =>
        Complaints(_scripts.Concat(_sourced), TidyRules.TooLong).ShouldBeEmpty();

    [Fact]
    public void nothing_is_left_unfinished() =>
        Complaints([.. Repository.Sources("src", "tests"), .. _scripts, .. _sourced], TidyRules.Unfinished)
            .ShouldBeEmpty();

    [Fact]
    public void tests_wait_for_what_happens_and_not_for_a_number_of_seconds() =>
        Complaints(Repository.Sources("tests"), TidyRules.FixedWaits).ShouldBeEmpty();

    [Fact]
    public void a_test_that_a_readme_names_is_there()
    {
        var tests = string.Concat(Repository.Sources("tests").Select(Repository.Read));
        Complaints(
            Repository.Files().Where(file => file.EndsWith("README.md", StringComparison.Ordinal)),
            (file, text) => TidyRules.MissingTests(file, text, tests)).ShouldBeEmpty();
    }

    [Fact]
    public void no_file_names_a_package_registry() =>
        Complaints(Repository.Files(), TidyRules.RegistryHosts).ShouldBeEmpty();

    [Fact]
    public void projects_reference_each_other_only_along_the_arrows_of_the_design()
    {
        var projects = Repository.Files().Where(file => file.StartsWith("src/", StringComparison.Ordinal)
            && file.EndsWith(".csproj", StringComparison.Ordinal)).ToArray();

        projects.Length.ShouldBe(4);
        Complaints(projects, (file, text) =>
            TidyRules.WrongArrows(Path.GetFileNameWithoutExtension(file), text)).ShouldBeEmpty();
    }

    [Fact]
    public void scripts_can_be_run() =>
        _scripts.Where(script => !MayBeRun(Path.Combine(Repository.Root, script))).ShouldBeEmpty();

    [Fact]
    public void a_file_of_251_lines_is_too_long()
    {
        TidyRules.TooLong("A.cs", Lines(250)).ShouldBeEmpty();
        TidyRules.TooLong("A.cs", Lines(251)).ShouldHaveSingleItem().ShouldContain("251 lines");
    }

    [Fact]
    public void a_line_of_111_characters_is_too_long()
    {
        TidyRules.TooLong("A.cs", new string('a', 110)).ShouldBeEmpty();
        TidyRules.TooLong("A.cs", "\n" + new string('a', 111)).ShouldHaveSingleItem().ShouldContain("A.cs:2");
    }

    [Theory]
    [InlineData("// TO" + "DO: later")]
    [InlineData("/* FIX" + "ME */")]
    [InlineData("// a HA" + "CK")]
    [InlineData("var XX" + "X = 1;")]
    [InlineData("throw new NotImplemented" + "Exception();")]
    public void a_leftover_is_found(string text) => TidyRules.Unfinished("A.cs", text).ShouldHaveSingleItem();

    [Fact]
    public void a_word_that_only_contains_a_leftover_is_let_pass() =>
        TidyRules.Unfinished("A.cs", "class HA" + "CKED { } // masto" + "don, todos").ShouldBeEmpty();

    [Theory]
    [InlineData("Thread" + ".Sleep(wait);")]
    [InlineData("await Task" + ".Delay(500);")]
    [InlineData("await Task" + ".Delay( 1_000, stop);")]
    public void a_wait_of_a_fixed_time_is_found(string text) =>
        TidyRules.FixedWaits("A.cs", text).ShouldHaveSingleItem();

    [Fact]
    public void a_wait_that_is_named_is_let_pass() =>
        TidyRules.FixedWaits("A.cs", "await Task" + ".Delay(_pollEvery, stop);").ShouldBeEmpty();

    [Fact]
    public void the_name_of_a_test_that_is_not_there_is_found() =>
        TidyRules.MissingTests(
            "README.md", "`a_look_is_only_one`, `so_it_is_said_here`", "void a_look_is_only_one()")
            .ShouldHaveSingleItem().ShouldContain("so_it_is_said_here");

    [Theory]
    [InlineData("https://api.nuget" + ".org/v3/index.json")]
    [InlineData("registry.npmjs" + ".org")]
    [InlineData("http://Deb.Debian" + ".org/debian")]
    public void the_name_of_a_registry_is_found(string text) =>
        TidyRules.RegistryHosts("README.md", text).ShouldHaveSingleItem();

    [Theory]
    [InlineData("Domain", "../Adapters/Adapters.csproj")]
    [InlineData("Adapters", "../Domain/Domain.csproj;../Projections/Projections.csproj")]
    [InlineData("Adapters", "")]
    [InlineData("Host", "..\\Domain\\Domain.csproj;..\\Adapters\\Adapters.csproj")]
    [InlineData("Helpers", "../Domain/Domain.csproj")]
    public void an_arrow_that_is_wrong_or_missing_is_found(string project, string references) =>
        TidyRules.WrongArrows(project, Csproj(references)).ShouldHaveSingleItem();

    [Fact]
    public void the_arrows_of_the_design_are_let_pass() =>
        TidyRules.WrongArrows("Adapters", Csproj("..\\Domain\\Domain.csproj")).ShouldBeEmpty();

    private static List<string> Complaints(
        IEnumerable<string> files, Func<string, string, IEnumerable<string>> rule) =>
        [.. files.SelectMany(file => rule(file, Repository.Read(file)))];

    private static string Lines(int count) => string.Concat(Enumerable.Repeat("a\n", count));

    private static string Csproj(string references) =>
        "<Project><ItemGroup>"
        + string.Concat(references.Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(path => $"<ProjectReference Include=\"{path}\" />"))
        + "</ItemGroup></Project>";

    private static bool MayBeRun(string script) =>
        OperatingSystem.IsWindows() || File.GetUnixFileMode(script).HasFlag(UnixFileMode.UserExecute);
}
