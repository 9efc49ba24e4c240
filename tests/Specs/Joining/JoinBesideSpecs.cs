using HybridCalendar.Domain.Joining;
using HybridCalendar.Domain.Joining.Providers;

namespace HybridCalendar.Specs.Joining;

/// <summary>What is written beside a link or an address, and belongs to it.</summary>
public class JoinBesideSpecs
{
    private const string Zoom = "https://acme.zoom.us/j/98765432101";
    private const string Teams = "https://teams.microsoft.com/l/meetup-join/19%3ameeting_x%40thread.v2/0?context=1";

    [Theory]
    [InlineData($"{Zoom}\nMeeting ID: 987 6543 2101\nPasscode: 123456")]
    [InlineData($"Kenncode: 123456\n\n{Zoom}")]
    [InlineData($"{Zoom}\nпароль：123456 (цифры)")]
    [InlineData($"{Zoom} Password:\n123456")]
    [InlineData($"{Zoom}\nBox: A1\nSala ID: 987 6543 2101\nXyz: 123456\nCode secret: 123456")]
    public void A_passcode_beside_a_link_is_kept(string body)
    {
        var best = Find(body)[0];
        best.Address.ShouldBe(Zoom);
        best.MeetingId.ShouldBe("98765432101");
        best.Passcode.ShouldBe("123456");
    }

    [Fact]
    public void The_passcode_of_the_link_comes_before_that_beside_it() =>
        Find($"{Zoom}?pwd=Abc.1\nPasscode: 123456")[0].Passcode.ShouldBe("Abc.1");

    [Theory]
    [InlineData($"{Zoom}\nOur secret 2026 plans")]
    [InlineData($"{Zoom}\nA pin 12345678 times as sharp, shopping 1234")]
    [InlineData($"{Zoom}\nPIN 123456789#")]
    public void Words_that_are_no_passcode_are_none(string body) => Find(body)[0].Passcode.ShouldBeNull();

    [Theory]
    [InlineData("Besprechungs-ID: 234 567 890 123 45\nKennung: ab1CD2")]
    [InlineData("会議 ID: 234 567 890 123 45\nパスコード: ab1CD2")]
    [InlineData("Meeting ID: 234 567 890 123 45\nPasscode: ab1CD2")]
    public void Number_and_passcode_of_a_meeting_in_Teams_are_kept_in_any_language(string written)
    {
        const string phone = "Tel\n+1 323-555-0166,,123456789# US\nID: 123 456 789#";
        var best = Find($"Teams\nJoin: <{Teams}>\n{written}\n{phone}")[0];
        best.MeetingId.ShouldBe("23456789012345");
        best.Passcode.ShouldBe("ab1CD2");
    }

    [Fact]
    public void Each_of_two_meetings_has_its_own_passcode() =>
        Find("https://zoom.us/j/111111111\nPasscode: 111aaa\nor\nhttps://zoom.us/j/222222222\nPasscode: 222bbb")
            .Select(t => (t.MeetingId, t.Passcode))
            .ShouldBe([("111111111", "111aaa"), ("222222222", "222bbb")]);

    [Fact]
    public void A_passcode_in_a_quoted_message_is_of_something_else() =>
        Find($"{Zoom}\n> Passcode: 123456").ShouldHaveSingleItem().Passcode.ShouldBeNull();

    [Fact]
    public void A_passcode_far_away_is_of_something_else() =>
        Find($"{Zoom}\n{string.Join('\n', Enumerable.Repeat("agenda", 40))}\nPasscode: 123456")[0]
            .Passcode.ShouldBeNull();

    [Theory]
    [InlineData("acme@m.webex.com\nVideo Conference ID: 123 456 789 0", "teams-cvi-webex",
        "sip:1234567890.acme@m.webex.com")]
    [InlineData("acme@m.webex.com\nVidéo-ID : 123 456 789 0", "teams-cvi-webex",
        "sip:1234567890.acme@m.webex.com")]
    [InlineData("acme@m.webex.com", "teams-cvi-webex", "sip:acme@m.webex.com")]
    [InlineData("800000001@t.plcm.vc VTC Conference ID: 1234567890", "teams-cvi-poly",
        "sip:800000001.1234567890@t.plcm.vc")]
    [InlineData("800000001.1234567890@t.plcm.vc\nVideo ID: 999 999 999", "teams-cvi-poly",
        "sip:800000001.1234567890@t.plcm.vc")]
    [InlineData("teams@video.example.com\nVideo ID: 117 123 456 7", "teams-cvi-pexip",
        "sip:1171234567@video.example.com")]
    [InlineData("90000000001@zoomcrc.com\nPasscode: 712345", "zoom", "sip:90000000001.712345@zoomcrc.com")]
    [InlineData("90000000001@zoomcrc.com\nPasscode: a#b", "zoom", "sip:90000000001@zoomcrc.com")]
    [InlineData("90000000001.712345@zoomcrc.com\nPasscode: 712345", "zoom",
        "sip:90000000001.712345@zoomcrc.com")]
    [InlineData("sip:teams@video.example.com", "teams-cvi-pexip", "sip:teams@video.example.com")]
    [InlineData("jane.doe.acme@lync.webex.com", "webex", "sip:jane.doe@acme.webex.com")]
    public void An_address_for_video_systems_is_dialled_as_its_provider_wants(
        string body, string provider, string address)
    {
        var found = Find(body).ShouldHaveSingleItem();
        found.Kind.ShouldBe(JoinKind.Sip);
        found.Provider.ShouldBe(provider);
        found.Address.ShouldBe(address);
    }

    [Theory]
    [InlineData("https://meet.google.com/abc-defg-hij\nDial: 123456789@video.example.com", "google-meet-interop")]
    [InlineData($"{Teams}\nDial: 123456789@video.example.com", "teams-cvi")]
    [InlineData($"{Teams} https://meet.google.com/abc-defg-hij 123456789@video.example.com", "sip")]
    public void Digits_beside_a_link_are_the_interop_of_its_provider(string body, string provider) =>
        Find(body).Single(t => t.Kind == JoinKind.Sip).Provider.ShouldBe(provider);

    [Theory]
    [InlineData("teams@example.com is our list. Meeting ID: 123 456 789")]
    [InlineData("Video ID: 117 123 456 7")]
    [InlineData("Join by H.323\n192.0.2.11 (US West)")]
    public void What_is_needed_and_not_written_makes_no_address(string body) => Find(body).ShouldBeEmpty();

    [Theory]
    [InlineData("192.0.2.44##246810", "h323", "h323:192.0.2.44##246810")]
    [InlineData("h323:alice.room@conf.example.com", "h323", "h323:alice.room@conf.example.com")]
    [InlineData("192.0.2.11##90000000001#712345", "zoom", "h323:192.0.2.11##90000000001#712345")]
    [InlineData(
        "Meeting ID: 900 0000 0001\nPasscode: 712345\nJoin by H.323:\n• 192.0.2.11 (US)\n• 192.0.2.12",
        "h323",
        "h323:192.0.2.11##90000000001#712345")]
    public void An_address_of_H323_is_found(string body, string provider, string address)
    {
        var found = Find(body).ShouldHaveSingleItem();
        found.Kind.ShouldBe(JoinKind.H323);
        found.Provider.ShouldBe(provider);
        found.Address.ShouldBe(address);
    }

    [Theory]
    [InlineData("+13015550100,,98765432101#,,,,*123456# US", "tel:+13015550100,,98765432101#,,,,*123456#")]
    [InlineData("(+1 301-555-0100,,,246802468#)", "tel:+13015550100,,,246802468#")]
    [InlineData("<tel:+46855500100;123>", "tel:+46855500100;123")]
    [InlineData("+49 (0)30 5550100,,123456#", "tel:+49305550100,,123456#")]
    public void A_telephone_bridge_is_the_last_way_and_never_the_only_one(string number, string address)
    {
        Find($"{number}\n1@video.example.com\n> {Zoom}").Select(t => (t.Kind, t.Address)).ShouldBe(
        [
            (JoinKind.Sip, "sip:1@video.example.com"),
            (JoinKind.Https, Zoom),
            (JoinKind.Phone, address),
        ]);
        Find(number).ShouldBeEmpty();
    }

    [Fact]
    public void Somebodys_telephone_is_no_bridge() =>
        Find($"{Zoom}\nJane Doe, +49 30 555 0100, 2nd floor; mobile +49 170 5550100").ShouldHaveSingleItem();

    private static IReadOnlyList<FoundTarget> Find(string body) =>
        new JoinTargetFinder(ProviderTable.Default).Find(new Invitation { Body = body });
}
