namespace HybridCalendar.Specs.Tidy;

/// <summary>The lock files restore the same from every registry. How: see the remarks of LockRules.</summary>
public class LockTests
{
    [Fact]
    public void every_locked_version_was_asked_for()
    {
        var locks = Repository.Files().Where(file => Path.GetFileName(file) == "packages.lock.json").ToList();

        locks.ShouldNotBeEmpty();
        locks.SelectMany(file => LockRules.NobodyAskedFor(file, Repository.Read(file))).ShouldBeEmpty();
    }

    [Fact]
    public void every_project_has_a_lock_file()
    {
        var files = Repository.Files().ToHashSet();

        files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal))
            .Where(file => !files.Contains(file[..file.LastIndexOf('/')] + "/packages.lock.json"))
            .ShouldBeEmpty();
    }

    [Fact]
    public void a_version_higher_than_its_parent_asked_for_is_found() =>
        Complaints(parentAsks: "1.0.0", locked: "1.0.1").ShouldHaveSingleItem().ShouldContain("Child 1.0.1");

    [Fact]
    public void a_version_that_its_parent_asked_for_is_let_pass() =>
        Complaints(parentAsks: "1.0.1", locked: "1.0.1").ShouldBeEmpty();

    [Fact]
    public void a_range_asks_for_its_lower_end() =>
        Complaints(parentAsks: "[1.0.1, 2.0.0)", locked: "1.0.1").ShouldBeEmpty();

    [Fact]
    public void a_fourth_number_that_is_zero_makes_no_other_version() =>
        Complaints(parentAsks: "1.0.1.0", locked: "1.0.1").ShouldBeEmpty();

    [Fact]
    public void a_pin_asks_too() =>
        Complaints(parentAsks: "1.0.0", locked: "1.0.1", pin: ", \"requested\": \"[1.0.1, )\"")
            .ShouldBeEmpty();

    [Fact]
    public void a_package_that_a_project_takes_the_place_of_has_no_locked_version() =>
        LockRules.NobodyAskedFor("lock", """
            { "dependencies": { "net10.0": {
                "Parent": { "type": "Direct", "requested": "[1.0.0, )", "resolved": "1.0.0",
                    "dependencies": { "child": "1.0.0" } },
                "child": { "type": "Project" } } } }
            """).ShouldBeEmpty();

    private static IEnumerable<string> Complaints(string parentAsks, string locked, string pin = "") =>
        LockRules.NobodyAskedFor("lock", $$"""
            { "dependencies": { "net10.0": {
                "Parent": { "type": "Direct", "requested": "[3.0.0, )", "resolved": "3.0.0",
                    "dependencies": { "child": "{{parentAsks}}" } },
                "Child": { "type": "Transitive", "resolved": "{{locked}}"{{pin}} } } } }
            """);
}
