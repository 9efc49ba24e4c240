using System.Text.Json;
using HybridCalendar.Host.Rebuild;

namespace HybridCalendar.Specs.Rebuild;

/// <summary>In which members documents differ is said, and never what is in them.</summary>
public class DifferenceSpecs
{
    [Theory]
    [InlineData("""{"a": 1, "b": [1, 2]}""", """{"b": [1, 2], "a": 1}""", "")]
    [InlineData("""{"a": 1}""", """{"a": 2}""", "a")]
    [InlineData("""{"a": {"b": "x"}}""", """{"a": {"b": "y"}}""", "a.b")]
    [InlineData("""{"a": [{"b": 1}, {"b": 2}]}""", """{"a": [{"b": 1}, {"b": 3}]}""", "a[1].b")]
    [InlineData("""{"a": [1]}""", """{"a": [1, 2]}""", "a")]
    [InlineData("""{"a": 1}""", "{}", "a")]
    [InlineData("{}", """{"a": 1, "b": 2}""", "a b")]
    [InlineData("1", "2", "everything")]
    public void the_members_that_differ_are_named_by_their_paths(string expected, string stored, string paths)
    {
        using var one = JsonDocument.Parse(expected);
        using var other = JsonDocument.Parse(stored);

        string.Join(' ', Difference.Paths(one.RootElement, other.RootElement)).ShouldBe(paths);
    }
}
