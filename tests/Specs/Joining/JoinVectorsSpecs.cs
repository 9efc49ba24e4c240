using System.Text.Json;
using HybridCalendar.Domain.Joining;

namespace HybridCalendar.Specs.Joining;

/// <summary>Invitations as other projects' tests have them (shared/vectors/joinlinks.json).</summary>
public class JoinVectorsSpecs
{
    private static readonly string[] Services = ["webex", "teams", "zoom", "zoomgov", "google-meet"];

    private const string PexipLink = "the address is part of a Pexip web link, and Pexip has no rule";

    /// <summary>By id, what the finder does not do, and why.</summary>
    private static readonly Dictionary<string, string> Excluded = new()
    {
        ["dial-dialstring-8ff2f46bf2"] = PexipLink,
        ["dial-dialstring-95aa6f75dc"] = PexipLink,
    };

    [Theory]
    [InlineData("detect")]
    [InlineData("unwrap")]
    [InlineData("priority")]
    public void The_best_way_to_join_is_the_expected_one(string kind)
    {
        var cases = Cases(kind)
            .Where(c => Services.Contains(Text(c.GetProperty("expected"), "service")))
            .ToList();
        var wrong = cases.Where(c => !IsRight(c)).Select(c => $"{Text(c, "id")}: {Best(c)}").ToList();
        TestContext.Current.SendDiagnosticMessage($"{kind}: {cases.Count} cases");
        cases.ShouldNotBeEmpty();
        wrong.ShouldBeEmpty(string.Join('\n', wrong));
    }

    [Fact]
    public void Nothing_is_found_where_there_is_nothing_to_join()
    {
        var cases = Cases("negative").ToList();
        var wrong = cases.Where(c => Found(c).Count > 0).Select(c => $"{Text(c, "id")}: {Best(c)}").ToList();
        TestContext.Current.SendDiagnosticMessage($"negative: {cases.Count} cases");
        cases.ShouldNotBeEmpty();
        wrong.ShouldBeEmpty(string.Join('\n', wrong));
    }

    [Fact]
    public void Sip_addresses_that_are_written_out_are_found()
    {
        var cases = Cases("dialstring").Where(IsWrittenOut).ToList();
        var wrong = cases
            .Where(c => Found(c).All(t => t.Address != Text(c.GetProperty("expected"), "uri")))
            .Select(c => $"{Text(c, "id")}: {Best(c)} {c.GetProperty("input")} {c.GetProperty("expected")}")
            .ToList();
        TestContext.Current.SendDiagnosticMessage($"dialstring: {cases.Count} cases");
        cases.ShouldNotBeEmpty();
        wrong.ShouldBeEmpty(string.Join('\n', wrong));
    }

    private static IEnumerable<JsonElement> Cases(string kind) => SharedVectors.Load("joinlinks.json")
        .Where(c => Text(c, "kind") == kind
        && !(c.TryGetProperty("policy_dependent", out var p) && p.ValueKind != JsonValueKind.False)
        && !c.GetProperty("input").TryGetProperty("onlineMeetingUrl", out _)
        && !Excluded.ContainsKey(Text(c, "id")));

    /// <summary>
    /// Others put an address together from its parts, or tell rooms from people by their names.
    /// </summary>
    private static bool IsWrittenOut(JsonElement c)
    {
        var address = Text(c.GetProperty("expected"), "dialstring");
        var body = Text(c.GetProperty("input"), "body");
        return Text(c.GetProperty("expected"), "protocol") == "sip"
            && body.Contains(address, StringComparison.Ordinal)
            && (body.Contains($"sip:{address}", StringComparison.OrdinalIgnoreCase)
                || address[..address.IndexOf('@')].All(char.IsAsciiDigit));
    }

    private static bool IsRight(JsonElement c)
    {
        var expected = c.GetProperty("expected");
        var service = Text(expected, "service") is "zoomgov" ? "zoom" : Text(expected, "service");
        return Found(c) is [var best, ..]
            && best.Provider == service
            && best.Address == Text(expected, "uri");
    }

    private static string Best(JsonElement c) => Found(c).FirstOrDefault()?.ToString() ?? "nothing";

    private static IReadOnlyList<FoundTarget> Found(JsonElement c)
    {
        var input = c.GetProperty("input");
        var html = Text(input, "bodyType") == "HTML";
        return JoinTargetFinder.Find(
            Text(input, "location"), Text(input, "body"), html ? BodyFormat.Html : BodyFormat.Text);
    }

    private static string Text(JsonElement e, string name) =>
        e.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";
}
