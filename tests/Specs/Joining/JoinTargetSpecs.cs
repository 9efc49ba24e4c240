using CsCheck;
using HybridCalendar.Domain.Joining;
using HybridCalendar.Domain.Joining.Providers;

namespace HybridCalendar.Specs.Joining;

public class JoinTargetSpecs
{
    private const string Webex = "https://acme.webex.com/acme/j.php?MTID=m01";
    private const string WebexRoom = "https://acme.webex.com/meet/jane.doe";
    private const string Zoom = "https://acme.zoom.us/j/98765432101";
    private const string Teams = "https://teams.microsoft.com/meet/123456?p=abc";
    private static readonly Dictionary<JoinKind, string> Beginnings = new()
    {
        [JoinKind.Https] = "https://",
        [JoinKind.Sip] = "sip",
        [JoinKind.H323] = "h323:",
        [JoinKind.Phone] = "tel:+",
    };

    private const string Meet = "https://meet.google.com/abc-defg-hij";

    [Theory]
    [InlineData(Webex, "webex", "webex-mtid")]
    [InlineData("https://acme.webex.com/acme-en/j.php?MTID=m01", "webex", "webex-mtid")]
    [InlineData(
        "https://a.webex.com/wbxmjs/joinservice/sites/a/meeting/download/0", "webex", "webex-meeting")]
    [InlineData("https://acme.webex.com/webappng/sites/acme/meeting/info/01?x=1", "webex", "webex-meeting")]
    [InlineData("https://acme.webex.com/acme/m/0a1b2c", "webex", "webex-meeting")]
    [InlineData(WebexRoom, "webex", "webex-room")]
    [InlineData("https://teams.live.com/meet/9876501234", "teams", "teams-meet")]
    [InlineData("https://dod.teams.microsoft.us/l/meetup-join/19%3ax%40thread.v2/0", "teams", "teams-meetup")]
    [InlineData("https://agency.zoomgov.com/w/1601234567?tk=x", "zoomgov", "zoomgov-meeting")]
    [InlineData("https://app.zoom.us/wc/join/1601234567", "zoom", "zoom-meeting")]
    [InlineData("https://acme.zoom.us/my/jane.doe", "zoom", "zoom-room")]
    [InlineData(Meet, "google-meet", "google-meet-code")]
    [InlineData("https://MEET.GOOGLE.COM/abc-defg-hij?authuser=0", "google-meet", "google-meet-code")]
    [InlineData("sip:98765@acme.webex.com", "webex", "webex-sip")]
    [InlineData("sips:room@video.example.com", "sip", "sip-uri")]
    [InlineData("12345@video.example.com", "sip", "sip-digits")]
    public void A_link_is_told_by_its_rule(string address, string provider, string rule)
    {
        var found = Text($"See {address}.").ShouldHaveSingleItem();
        found.Provider.ShouldBe(provider);
        found.Rule.ShouldBe(rule);
        found.Address.ShouldEndWith(address);
    }

    [Theory]
    [InlineData("jane.doe@example.com, +49 30 123456,,987#, tel:+4930123456")]
    [InlineData("mailto:jane.doe@acme.webex.com")]
    [InlineData("12345678@qq.com")]
    [InlineData("Call +1 555 555 0100,,123456# now")]
    [InlineData("https://meet.google.com/landing https://tel.meet/abc-defg-hij?pin=123")]
    [InlineData("https://acme.zoom.us/j/98765/logo.png")]
    [InlineData("lync15:confjoin?uri=sip:jane@example.com;gruu;opaque=app:conf")]
    [InlineData("https://acme.webex.com/acme/ldr.php?RCID=01")]
    [InlineData("https://acme.webex.com/acme/globalcallin.php?MTID=m01")]
    [InlineData("https://zoom.us@evil.example/j/987654")]
    [InlineData("https://acme.zoom.us/u/abcd")]
    [InlineData("https://teams.microsoft.com/meetingOptions/?organizerId=1")]
    [InlineData("https://teams.microsoft.com/l/meetup-join/a/0?x=%7b%22IsBroadcastMeeting%22%3atrue%7d")]
    [InlineData("gossip:jane@example.com conf:sip:jane@example.com;gruu;opaque=app:conf")]
    public void These_are_no_ways_to_join(string text) => Text(text).ShouldBeEmpty();

    [Fact]
    public void Location_comes_before_body() =>
        Addresses(Find(WebexRoom, $"Join {Zoom}", BodyFormat.Text))
            .ShouldBe([WebexRoom, Zoom]);

    [Fact]
    public void A_sip_address_is_the_second_way_and_digits_the_third() =>
        Addresses(Text($"1@video.example.com sip:2@video.example.com {Webex}"))
            .ShouldBe([Webex, "sip:2@video.example.com", "sip:1@video.example.com"]);

    [Fact]
    public void A_room_in_a_signature_comes_after_the_meeting() =>
        Addresses(Text($"My room: {WebexRoom}\nJoin: {Zoom}")).ShouldBe([Zoom, WebexRoom]);

    [Theory]
    [InlineData("https://acme.zoom.us/j/9876... or")]
    [InlineData("https://acme.zoom.us/j/9876…")]
    public void A_link_that_was_cut_for_display_comes_after_whole_ones(string cut) =>
        Addresses(Text($"{cut} {WebexRoom}")).ShouldBe([WebexRoom, "https://acme.zoom.us/j/9876"]);

    [Fact]
    public void The_first_provider_wins_and_of_one_rule_the_link_with_the_passcode() =>
        Addresses(Text($"{Zoom} {Meet} {Zoom}?pwd=x {Teams}")).ShouldBe([$"{Zoom}?pwd=x", Zoom, Meet, Teams]);

    [Theory]
    [InlineData($"> {Zoom}\nNow: {Webex}")]
    [InlineData($"Now: {Webex}\n-----Original Message-----\n{Zoom}")]
    [InlineData($"sip:1@acme.webex.com {Webex}\nVon: Jane\nGesendet: Montag\n{Zoom}")]
    [InlineData($"{Webex}\nFrom: Jane\nTo: Ben\nSent: Monday\n{Zoom}")]
    [InlineData($"{Webex}\nOn Mon, Nov 23, 2026 at 9:00, Jane <jane@example.com> wrote:\n{Zoom}")]
    public void A_quoted_message_does_not_win(string text)
    {
        Text(text)[0].Address.ShouldBe(Webex);
        Addresses(Text(text)).ShouldContain(Zoom);
        Text(text)[^1].Address.ShouldBe(Zoom);
    }

    [Theory]
    [InlineData($"<blockquote type=cite>a<br><a href='{Zoom}'>b</a></blockquote><p><a href='{Webex}'>c</a>")]
    [InlineData($"<a href=\"{Webex}\">x</a><div id=\"divRplyFwdMsg\"></div><a href=\"{Zoom}\">y</a>")]
    public void A_quote_in_html_does_not_win(string html) => Addresses(Html(html)).ShouldBe([Webex, Zoom]);

    [Theory]
    [InlineData($"<a href=\"https://acme.webex.com/acme/j.php?x=1&amp;MTID=m01\">Join</a>")]
    [InlineData("<A class=x HREF = 'https://acme.webex.com/acme/j.php?x=1&#38;MTID=m01'>Join")]
    [InlineData("<a href=https://acme.webex.com/acme/j.php?x=1&MTID=m01>Join")]
    [InlineData("<p>a < b</p>https://acme.webex.com/acme/<wbr>j.php?x=1&amp;<b>MTID</b>=m01<br>more")]
    [InlineData("<head><style>p>a{}</style></head>https://acme.webex.com/acme/j.php?x=1&amp;MTID=m01")]
    [InlineData("Join<https://acme.webex.com/acme/j.php?x=1&MTID=m01>")]
    public void Html_is_read_as_a_person_reads_it(string html) =>
        Addresses(Html(html)).ShouldBe(["https://acme.webex.com/acme/j.php?x=1&MTID=m01"]);

    [Theory]
    [InlineData($"<!-- {Zoom} -->")]
    [InlineData($"<script>var x = '{Zoom}'</script>")]
    [InlineData($"<img src='{Zoom}'>")]
    public void Html_that_nobody_sees_has_no_links(string html) => Html(html).ShouldBeEmpty();

    [Theory]
    [InlineData($"({Zoom})")]
    [InlineData($"<{Zoom}>;")]
    [InlineData($"\"{Zoom}\",")]
    [InlineData($"[Join]({Zoom})")]
    [InlineData($"「{Zoom}」から")]
    [InlineData($"https://example.com,{Zoom}!")]
    [InlineData($"http://acme.zoom.us/j/98765432101")]
    public void Punctuation_around_a_link_is_not_part_of_it(string text) =>
        Addresses(Text(text)).ShouldBe([Zoom]);

    [Fact]
    public void No_more_are_told_than_help_anybody() =>
        Text(string.Join(' ', Enumerable.Range(100, 200).Select(i => $"https://zoom.us/j/{i}"))).Count
            .ShouldBe(JoinTargetFinder.TargetsMax);

    [Fact]
    public void Nothing_given_is_nothing_found() =>
        Find(null, null, BodyFormat.Html).ShouldBeEmpty();

    /// <summary>
    /// How: pieces of markup, links and quotes in random order, so that every state is left early.
    /// </summary>
    [Fact]
    public void Any_text_has_one_answer_and_throws_nothing()
    {
        string[] pieces =
        [
            "<a href=\"", "'", "\"", ">", "<", "<!--", "-->", "<blockquote>", "</", "&amp;", "&#x", "%",
            "%2", "=",
            "https://", "http", Zoom, Webex, "sip:", "@", "a.b", "1", "\n", "> ", "-----", "From: ", "Sent: ",
            "**", "__;", "##", "192.0.2.1", "+1555", ",,", "Passcode: ", "ID: 12345678", "H.323", "wrote:",
            "zoommtg://",
            "https://urldefense.com/v3/__", "!!", "https://x.safelinks.protection.outlook.com/?url=",
            "<style", "\ud800",
            "https://urldefense.proofpoint.com/v2/url?u=https-3A__", "https%3A%2F%2F", "href=", "/", "?",
            "#", "é",
        ];
        var piece = Gen.Int[0, pieces.Length - 1].Select(i => pieces[i]);
        var text = Gen.OneOf(Gen.String, piece.Array[0, 40].Select(string.Concat));
        Gen.Select(text, text, Gen.Enum<BodyFormat>()).Sample((location, body, format) =>
        {
            var found = Find(location, body, format);
            Find(location, body, format).ShouldBe(found);
            found.Select(t => t.Address).ShouldBeUnique();
            found.ShouldAllBe(t => t.Address.StartsWith(Beginnings[t.Kind]));
            found.SkipLast(1).ShouldAllBe(t => t.Ahead != null);
        });
    }

    private static IReadOnlyList<FoundTarget> Find(string? location, string? body, BodyFormat format) =>
        new JoinTargetFinder(ProviderTable.Default).Find(
            new Invitation { Location = location, Body = body, BodyFormat = format });

    private static IReadOnlyList<FoundTarget> Text(string body) =>
        Find("", body, BodyFormat.Text);

    private static IReadOnlyList<FoundTarget> Html(string body) =>
        Find("", body, BodyFormat.Html);

    private static IEnumerable<string> Addresses(IEnumerable<FoundTarget> found) =>
        found.Select(t => t.Address);
}
