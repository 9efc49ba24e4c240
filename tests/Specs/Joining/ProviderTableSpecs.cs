using HybridCalendar.Domain.Joining;
using HybridCalendar.Domain.Joining.Providers;

namespace HybridCalendar.Specs.Joining;

/// <summary>
/// The table of providers: what the service brings, and what an organization puts before it.
/// </summary>
public class ProviderTableSpecs
{
    private const string Own = """
        {
          // A Jitsi of our own, and a system that is dialled.
          "without": "youtube",
          "providers": [
            { "name": "acme", "links": [
                { "rule": "acme-room", "hosts": "meet.acme.example", "paths": "r/{token}", "leads": "room",
                  "id": "{1}", "dial": "{1}@video.acme.example" } ],
              "sip": [ { "rule": "acme-video", "hosts": "video.acme.example", "bare": true } ] },
            { "name": "acme-zoom", "links": [
                { "rule": "acme-zoom", "hosts": "acme.zoom.us", "paths": "j/{digits}" } ] },
          ]
        }
        """;

    [Fact]
    public void Providers_that_others_know_are_known()
    {
        var others = SharedVectors.Load("joinlinks.json")
            .Select(c => c.GetProperty("expected"))
            .Select(e => e.TryGetProperty("service", out var service) ? service.GetString()! : "webex")
            .Distinct()
            .Except(["zoom-native"]);
        others.Except(ProviderTable.Default.Providers).ShouldBeEmpty();
    }

    /// <summary>
    /// Those of MeetingBar, with links as it knows them (shared/vectors/providers.json), except that links
    /// for Zoom's program are told as web links, and that only huddles are calls in Slack.
    /// </summary>
    [Fact]
    public void Every_provider_that_MeetingBar_knows_is_known_by_its_links()
    {
        var all = SharedVectors.Read("providers.json").GetProperty("providers").EnumerateObject().ToList();
        all.Count.ShouldBeGreaterThanOrEqualTo(60);
        var wrong = from provider in all
            from link in provider.Value.GetProperty("examples").EnumerateArray()
            let name = provider.Name == "zoom-native" ? "zoom" : provider.Name
            where Find(ProviderTable.Default, $"{link}").FirstOrDefault()?.Provider != name
            select $"{link}";
        wrong.ShouldBe(["https://app.slack.com/123456"]);
    }

    [Theory]
    [InlineData("https://join.acme.example/meeting/123456?secret=a", "cms")]
    [InlineData("https://vmr.acme.example/webapp/conference/jane", "pexip")]
    [InlineData("https://call.lifesizecloud.com/1234567", "lifesize")]
    [InlineData("https://meet.starleaf.com/4123456789", "starleaf")]
    [InlineData("https://bluejeans.com/123456789", "bluejeans")]
    [InlineData("acme@m.webex.com Video ID: 118 123 456 7", "teams-cvi-webex")]
    [InlineData("teams@vc.acme.example Video ID: 118 123 456 7", "teams-cvi-pexip")]
    [InlineData("800000001@t.plcm.vc Video ID: 118 123 456 7", "teams-cvi-poly")]
    [InlineData("800000001@teams.bjn.vc Video ID: 118 123 456 7", "teams-cvi-bluejeans")]
    [InlineData("98765432101@zoomcrc.com", "zoom")]
    [InlineData("1601234567@sip.zoomgov.com", "zoomgov")]
    [InlineData("https://meet.google.com/abc-defg-hij 1234567@meet.acme.example", "google-meet-interop")]
    public void Providers_of_video_systems_and_their_interop_are_known(string text, string provider) =>
        Find(ProviderTable.Default, text)[^1].Provider.ShouldBe(provider);

    [Fact]
    public void An_organization_names_its_own_without_a_new_build()
    {
        Find(With(Own), "https://meet.acme.example/r/Team-1").Select(t => (t.Provider, t.Rule, t.Address))
            .ShouldBe(
            [
                ("acme", "acme-room", "https://meet.acme.example/r/Team-1"),
                ("acme", "acme-room", "sip:Team-1@video.acme.example"),
            ]);
        Find(With(Own), "Dial board@video.acme.example").ShouldHaveSingleItem().Rule.ShouldBe("acme-video");
        Find(ProviderTable.Default, "Dial board@video.acme.example https://meet.acme.example/r/Team-1")
            .ShouldBeEmpty();
    }

    [Theory]
    [InlineData("https://meet.münchen.example/r/größe")]
    [InlineData("https://MEET.MÜNCHEN.EXAMPLE/r/größe")]
    [InlineData("https://meet.xn--mnchen-3ya.example/r/gr%C3%B6%C3%9Fe")]
    public void A_host_of_other_letters_is_known_by_its_name_in_DNS(string link)
    {
        const string table = """
            { "providers": [ { "name": "own", "links": [
              { "hosts": "meet.xn--mnchen-3ya.example", "paths": "r/*" } ] } ] }
            """;
        Find(With(table), link).ShouldHaveSingleItem().Address.ShouldBe(
            "https://meet.xn--mnchen-3ya.example/r/gr%C3%B6%C3%9Fe");
    }

    [Fact]
    public void What_the_organization_says_comes_first_and_the_rest_stays()
    {
        Find(With(Own), "https://acme.zoom.us/j/123").ShouldHaveSingleItem().Provider.ShouldBe("acme-zoom");
        Find(With(Own), "https://b.zoom.us/j/123").ShouldHaveSingleItem().Provider.ShouldBe("zoom");
    }

    [Fact]
    public void A_provider_that_is_not_wanted_is_left_out()
    {
        const string video = "https://youtu.be/abc";
        Find(ProviderTable.Default, video).ShouldHaveSingleItem().Provider.ShouldBe("youtube");
        Find(With(Own), video).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{ "providers": [ """, "line 1: ")]
    [InlineData("""{ "provider": [] }""", "'provider'")]
    [InlineData("null", "The table is null.")]
    [InlineData("""{ "without": "zoomm" }""", "without names \"zoomm\", which is no provider")]
    [InlineData("""{ "providers": [ { "name": "A b" } ] }""",
        "provider \"A b\": the name is not of lower-case letters, digits and hyphens")]
    [InlineData(
        """{ "providers": [ { "name": "a", "links": [ { "hosts": "A.example", "paths": "j" } ] } ] }""",
        "provider \"a\": \"A.example\" is no host")]
    [InlineData(
        """{ "providers": [ { "name": "a", "links": [ { "hosts": "a.b", "paths": "{digts}" } ] } ] }""",
        "provider \"a\": \"{digts}\" is no path")]
    [InlineData("""{ "providers": [ { "name": "a", "links": [ { "hosts": "", "paths": "**/**" } ] } ] }""",
        "provider \"a\": there are no hosts")]
    [InlineData(
        """{ "providers": [ { "name": "a", "links": [ { "hosts":"a.b","paths":"j *","id": "{1}" } ] } ] }""",
        "provider \"a\": {1} is a part that not every path has")]
    [InlineData(
        """{ "providers": [ { "name": "a", "sip": [ { "hosts": "a.b", "dial": "{usr}@{host}" } ] } ] }""",
        "provider \"a\": {usr} is not one of {user}, {host}, {head}, {tail}, {id}, {passcode}")]
    [InlineData(
        """{ "providers": [ { "name": "a", "sip": [ { "hosts":"a.b","rule":"r","dial": "[{user}" } ] } ] }""",
        "provider \"a\", rule \"r\": \"[{user}\" is no address to dial")]
    [InlineData(
        """{ "providers": [ { "name": "a", "links": [ { "hosts":"a.b","paths":"j","leads": "on" } ] } ] }""",
        "provider \"a\": leads is \"on\", not meeting, room or maybe")]
    [InlineData(
        """{ "providers": [ {"name":"a", "links": [ { "hosts":"a.b","paths":"j","rule": "jitsi" } ] } ] }""",
        "there are 2 rules of the name \"jitsi\": a rule's name is unique")]
    public void A_table_that_cannot_be_used_is_refused_with_the_reason(string json, string problem) =>
        Problems(json).ShouldContain(told => told.Contains(problem, StringComparison.Ordinal));

    [Fact]
    public void Of_a_table_with_several_mistakes_all_are_told_and_nothing_is_used() =>
        Problems("""
            { "without": "nobody", "providers": [
              { "name": "good", "links": [ { "hosts": "good.example", "paths": "j" } ] },
              { "name": "bad", "links": [ { "hosts": "*x", "paths": "{token:9-8}", "beside": "pin" } ] } ] }
            """).Count.ShouldBe(6);

    [Theory]
    [InlineData("j/{digits}", "https://a.example/J/123", true)]
    [InlineData("j/{digits:3}", "https://a.example/j/1234", false)]
    [InlineData("{token:8-13}", "https://a.example/abc_de-9", true)]
    [InlineData("{token:8-13}", "https://a.example/favicon.ico", false)]
    [InlineData("{groups:3-4-3}", "https://a.example/abc-defg-hij", true)]
    [InlineData("{groups:3-4-3}", "https://a.example/abc-defg-hi1", false)]
    [InlineData("{upper:6-8}", "https://a.example/7ABCDEF8", true)]
    [InlineData("a/**/z", "https://a.example/a/z", true)]
    [InlineData("a/**/z", "https://a.example/a/b/c/z?x#y", true)]
    [InlineData("a/**/z", "https://a.example/a", false)]
    [InlineData("v2/#/meet/*", "https://a.example/v2/?x=1#/meet/5?p=2", true)]
    [InlineData("v2/#/meet/*", "https://a.example/v2/meet/5", false)]
    [InlineData("/", "https://a.example", true)]
    [InlineData("/", "https://a.example/x", false)]
    public void A_path_matches_as_the_table_says(string pattern, string link, bool matches) =>
        (PathPattern.Parse(pattern)!.Match(Link.Parse(link)!) is not null).ShouldBe(matches);

    [Theory]
    [InlineData("a.example", "a.example", true)]
    [InlineData("a.example", "b.a.example", false)]
    [InlineData("*.a.example", "b.a.example", true)]
    [InlineData("*.a.example", "ba.example", false)]
    [InlineData("*.a.example", "a.example", false)]
    [InlineData("meet.*", "meet.b.example", true)]
    [InlineData("meet.*", "meeting.b.example", false)]
    [InlineData("cms*.*", "cms1.b.example", true)]
    [InlineData("*", "anything", true)]
    public void A_host_matches_as_the_table_says(string pattern, string host, bool matches) =>
        HostPattern.Parse(pattern)!.Matches(host).ShouldBe(matches);

    private static ProviderTable With(string json) =>
        ProviderTable.Default.With(json).ShouldBeOfType<TableRead.Table>().Value;

    private static IReadOnlyList<string> Problems(string json) =>
        ProviderTable.Default.With(json).ShouldBeOfType<TableRead.Refused>().Problems;

    private static IReadOnlyList<FoundTarget> Find(ProviderTable table, string body) =>
        new JoinTargetFinder(table).Find(new Invitation { Body = body });
}
