using System.Text.Json;
using HybridCalendar.Domain.Joining;
using HybridCalendar.Domain.Joining.Providers;

namespace HybridCalendar.Specs.Joining;

/// <summary>Invitations as other projects' tests have them (shared/vectors/joinlinks.json).</summary>
/// <remarks>
/// What is answered where those projects disagree, <see cref="DecidedCase"/> says for each case. Answered
/// otherwise, of the rest, are the links for Zoom's own program (service zoom-native): a target is a web
/// link, SIP, H.323 or a telephone, and everybody can open the web link of the same meeting, which leads to
/// the program where it is installed. A test of their own says so.
/// </remarks>
public class JoinVectorsSpecs
{
    private const string ZoomNative = "zoom-native";

    [Theory]
    [InlineData("detect")]
    [InlineData("priority")]
    [InlineData("parse")]
    public void The_best_way_to_join_is_the_expected_one(string kind) => AllAreRight(kind, c =>
        Service(c) == ZoomNative
        || (Found(c) is [var best, ..] && IsExpected(best, c.GetProperty("expected"))));

    [Fact]
    public void A_link_for_the_program_of_Zoom_is_told_as_the_web_link_of_the_meeting()
    {
        var cases = Cases("detect").Where(c => Service(c) == ZoomNative).ToList();
        cases.ShouldNotBeEmpty();
        foreach (var c in cases)
        {
            var best = Found(c).ShouldHaveSingleItem();
            var native = Text(c.GetProperty("expected"), "uri");
            best.Provider.ShouldBe("zoom", Text(c, "id"));
            best.Address.ShouldStartWith($"https://{native.Split('/')[2]}/j/{best.MeetingId}");
            native.ShouldContain($"confno={best.MeetingId}");
        }
    }

    [Fact]
    public void Where_others_disagree_the_answer_is_decided_case_by_case()
    {
        var open = SharedVectors.Load("joinlinks.json").Where(IsOpen)
            .ToDictionary(c => Text(c, "id"), Answer);
        open.Keys.Except(DecidedCase.All.Keys).ShouldBeEmpty("not decided");
        DecidedCase.All.Keys.Except(open.Keys).ShouldBeEmpty("no such case");
        foreach (var (id, decided) in DecidedCase.All)
        {
            open[id].ShouldBe(decided.Answer, $"{id}: {decided.Why}");
        }
    }

    [Fact]
    public void Every_case_is_of_a_kind_that_is_tried() =>
        SharedVectors.Load("joinlinks.json").Select(c => Text(c, "kind")).Distinct()
            .Except(["detect", "priority", "parse", "unwrap", "negative", "dialstring"]).ShouldBeEmpty();

    [Fact]
    public void A_rewritten_link_is_what_it_was() => AllAreRight("unwrap", c =>
    {
        var expected = c.GetProperty("expected");
        var unwrapped = Unwrapped(c).ToList();
        return (Text(expected, "uri") is { Length: > 0 } uri
                ? unwrapped is [var only] && only == Link.Parse(uri)?.Address
                : unwrapped.SequenceEqual(LinkScan.Of(Text(expected, "text")).Select(link => link.Address)))
            && (Service(c).Length == 0 || (Found(c) is [var best, ..] && IsExpected(best, expected)));
    });

    [Fact]
    public void Nothing_is_found_where_there_is_nothing_to_join() =>
        AllAreRight("negative", c => Found(c).Count == 0);

    [Fact]
    public void Addresses_for_video_systems_are_found_and_put_together() => AllAreRight("dialstring", c =>
    {
        var expected = c.GetProperty("expected");
        var found = Found(c);
        return found.FirstOrDefault(t => t.Address == Text(expected, "uri")) is { } target
            && target.Kind == (Text(expected, "protocol") == "h323" ? JoinKind.H323 : JoinKind.Sip)
            && (Service(c).Length == 0 || target.Provider == Service(c))
            && (Text(expected, "webUri") is "" || found[0].Address == Text(expected, "webUri"));
    });

    private static void AllAreRight(string kind, Func<JsonElement, bool> isRight)
    {
        var cases = Cases(kind).ToList();
        var wrong = cases
            .Where(c => !isRight(c))
            .Select(c => (Id: Text(c, "id"), Found: Found(c).Select(t => $"{t.Provider} {t.Address}")))
            .Select(c => $"{c.Id}: {string.Join(", ", c.Found)}")
            .ToList();
        TestContext.Current.SendDiagnosticMessage($"{kind}: {cases.Count} cases");
        cases.ShouldNotBeEmpty();
        wrong.ShouldBeEmpty(string.Join('\n', wrong));
    }

    private static IEnumerable<JsonElement> Cases(string kind) => SharedVectors.Load("joinlinks.json")
        .Where(c => Text(c, "kind") == kind && !IsOpen(c));

    private static bool IsOpen(JsonElement c) =>
        c.TryGetProperty("policy_dependent", out var policy) && policy.ValueKind != JsonValueKind.False;

    private static string Answer(JsonElement c) => Text(c, "kind") == "unwrap"
        ? string.Join(' ', Unwrapped(c))
        : Found(c).FirstOrDefault()?.Address ?? "none";

    private static IEnumerable<string> Unwrapped(JsonElement c) =>
        LinkScan.Of(Text(c.GetProperty("input"), "body")).Select(link => LinkWrappers.Unwrap(link).Address);

    private static bool IsExpected(FoundTarget best, JsonElement expected) =>
        best.Provider == Text(expected, "service")
        && best.Address == Text(expected, "uri")
        && (Text(expected, "meetingId") is "" || best.MeetingId == Text(expected, "meetingId"))
        && (Text(expected, "passcode") is "" || best.Passcode == Text(expected, "passcode"));

    private static string Service(JsonElement c) => Text(c.GetProperty("expected"), "service");

    private static IReadOnlyList<FoundTarget> Found(JsonElement c)
    {
        var input = c.GetProperty("input");
        return new JoinTargetFinder(Table(input)).Find(new Invitation
        {
            OnlineMeeting = Text(input, "onlineMeetingUrl") is { Length: > 0 } url ? [url] : [],
            Location = Text(input, "location"),
            Body = Text(input, "body"),
            BodyFormat = Text(input, "bodyType") == "HTML" ? BodyFormat.Html : BodyFormat.Text,
        });
    }

    /// <summary>With the organization's own Jitsi hosts, where the case names some.</summary>
    private static ProviderTable Table(JsonElement input)
    {
        if (!input.TryGetProperty("jitsiHosts", out var own) || own.GetArrayLength() == 0)
        {
            return ProviderTable.Default;
        }

        var hosts = string.Join(' ', own.EnumerateArray().Select(host => $"{host} *.{host}"));
        return ProviderTable.Default.With($$"""
            { "without": "jitsi", "providers": [ { "name": "jitsi", "links": [
              { "hosts": "{{hosts}}", "paths": "*", "id": "{1}@{host}" } ] } ] }
            """).ShouldBeOfType<TableRead.Table>().Value;
    }

    private static string Text(JsonElement e, string name) =>
        e.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";
}
