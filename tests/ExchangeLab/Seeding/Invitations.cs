using System.Globalization;
using HybridCalendar.ExchangeLab.Model;

namespace HybridCalendar.ExchangeLab.Seeding;

/// <summary>
/// Invitations as the services write them: a link, what surrounds it, and what distracts from it.
/// </summary>
internal static class Invitations
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz";
    private const string HexDigits = "0123456789abcdef";
    private const string CodeCharacters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789";

    private static readonly string[] Rooms =
        ["Canteen corner", "Desk 4-112", "Building 2, lobby", "Phone", ""];

    private static readonly string[] Agendas =
    [
        "Please bring the open points from last time.",
        "Agenda: status, risks, next steps. Slides are in the team folder.",
        "Short and to the point: what is blocked, and who can help?",
        "We go through the list top to bottom; see https://intranet.lab.example/lists/42 for it.",
    ];

    /// <summary>An invitation of a kind drawn from the dice.</summary>
    public static Invitation Draw(RepeatableRandom dice) => dice.Below(12) switch
    {
        0 => WebexHtml(dice),
        1 => WebexText(dice),
        2 or 3 => TeamsHtml(dice),
        4 => TeamsText(dice),
        5 => ZoomText(dice),
        6 => ZoomHtml(dice),
        7 => MeetText(dice),
        8 => SipLocation(dice),
        9 => LinkAsLocation(dice),
        _ => Plain(dice),
    };

    /// <summary>An invitation to come in person.</summary>
    public static Invitation Plain(RepeatableRandom dice) =>
        new(dice.Pick(Rooms), dice.Pick(Agendas), false, null);

    private static Invitation WebexHtml(RepeatableRandom dice)
    {
        var number = Digits(dice, 11);
        var link = $"https://lab.webex.com/lab/j.php?MTID=m{Some(dice, HexDigits, 32)}";
        var body = Page($"<p>{dice.Pick(Agendas)}</p><hr><h2>Webex meeting</h2>"
            + $"<p><a href=\"{link}\">Join the Webex meeting</a></p>"
            + $"<p>Number (access code): {Grouped(number, 4, 3)}<br>"
            + $"Password: {Some(dice, CodeCharacters, 10)}</p>"
            + $"<p>From a video system: dial <a href=\"sip:{number}@lab.webex.com\">"
            + $"{number}@lab.webex.com</a></p>"
            + "<p>Help: <a href=\"https://help.webex.com/\">https://help.webex.com/</a></p>");
        return new Invitation("Webex", body, true, link);
    }

    private static Invitation WebexText(RepeatableRandom dice)
    {
        var host = dice.Pick(Letters.ToCharArray()) + "miller";
        var link = $"https://lab.webex.com/meet/{host}";
        var body = $"{dice.Pick(Agendas)}\n\n-- Personal Webex room --\nJoin: {link}\n"
            + $"Video address: {host}@lab.webex.com\nAudio: +49 30 5550 {Digits(dice, 4)}\n";
        return new Invitation("", body, false, link);
    }

    private static Invitation TeamsHtml(RepeatableRandom dice)
    {
        var link = TeamsLink(dice);
        var body = Page($"<p>{dice.Pick(Agendas)}</p><div>" + new string('_', 60) + "</div>"
            + "<div><span>Microsoft Teams meeting</span></div>"
            + $"<div><a href=\"{link}\">Join the meeting now</a></div>"
            + $"<div>Meeting ID: {Grouped(Digits(dice, 12), 3, 3)}<br>"
            + $"Passcode: {Some(dice, CodeCharacters, 6)}</div>"
            + "<div><a href=\"https://aka.ms/JoinTeamsMeeting\">Need help?</a> | "
            + "<a href=\"https://teams.microsoft.com/meetingOptions/?language=en\">Options</a></div>");
        return new Invitation("Microsoft Teams Meeting", body, true, link);
    }

    private static Invitation TeamsText(RepeatableRandom dice)
    {
        var link = $"https://teams.microsoft.com/meet/{Digits(dice, 13)}?p={Some(dice, CodeCharacters, 16)}";
        var body = $"{dice.Pick(Agendas)}\r\n\r\n{new string('_', 60)}\r\nMicrosoft Teams\r\n"
            + $"Join: {link}\r\nMeeting ID: {Grouped(Digits(dice, 13), 3, 3)}\r\n{new string('_', 60)}\r\n";
        return new Invitation("Microsoft Teams Meeting", body, false, link);
    }

    private static Invitation ZoomText(RepeatableRandom dice)
    {
        var number = Digits(dice, 11);
        var link = $"https://us02web.zoom.us/j/{number}?pwd={Some(dice, CodeCharacters, 32)}";
        var body = $"{dice.Pick(Agendas)}\n\nYou are asked to a Zoom meeting.\n\nJoin:\n{link}\n\n"
            + $"Meeting ID: {Grouped(number, 3, 4)}\nPasscode: {Digits(dice, 6)}\n\nOne tap mobile\n"
            + $"+49695550{Digits(dice, 3)},,{number}#\n\nJoin by SIP\n{number}@zoomcrc.com\n";
        return new Invitation("", body, false, link);
    }

    private static Invitation ZoomHtml(RepeatableRandom dice)
    {
        var link = $"https://lab.zoom.us/j/{Digits(dice, 10)}";
        var body = Page($"<p>{dice.Pick(Agendas)}</p><p>Zoom: <a href=\"{link}\">{link}</a></p>"
            + "<p>Find your local number: <a href=\"https://zoom.us/u/abcdef\">"
            + "https://zoom.us/u/abcdef</a></p>");
        return new Invitation("Zoom", body, true, link);
    }

    private static Invitation MeetText(RepeatableRandom dice)
    {
        var code = $"{Some(dice, Letters, 3)}-{Some(dice, Letters, 4)}-{Some(dice, Letters, 3)}";
        var link = "https://meet.google.com/" + code;
        var body = $"{dice.Pick(Agendas)}\n\nJoin with Google Meet: {link}\n"
            + $"Or dial: (DE) +49 40 5550 {Digits(dice, 4)} PIN: {Digits(dice, 9)}#\n"
            + $"More phone numbers: https://tel.meet/{code}?pin={Digits(dice, 13)}\n";
        return new Invitation("", body, false, link);
    }

    private static Invitation SipLocation(RepeatableRandom dice)
    {
        var address = $"sip:boardroom{dice.Below(9) + 1}@video.lab.example";
        return new Invitation(address, dice.Pick(Agendas), false, address);
    }

    private static Invitation LinkAsLocation(RepeatableRandom dice)
    {
        var link = dice.Below(2) == 0
            ? TeamsLink(dice)
            : $"https://lab.webex.com/lab/j.php?MTID=m{Some(dice, HexDigits, 32)}";
        return new Invitation(link, dice.Pick(Agendas), false, link);
    }

    private static string TeamsLink(RepeatableRandom dice)
    {
        var thread = Some(dice, CodeCharacters, 48);
        var tenant = $"{Some(dice, HexDigits, 8)}-0000-4000-8000-{Some(dice, HexDigits, 12)}";
        return $"https://teams.microsoft.com/l/meetup-join/19%3ameeting_{thread}%40thread.v2/0"
            + $"?context=%7b%22Tid%22%3a%22{tenant}%22%2c%22Oid%22%3a%22{tenant}%22%7d";
    }

    private static string Page(string content) =>
        "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\"></head><body>"
        + content + "</body></html>";

    private static string Digits(RepeatableRandom dice, int count) =>
        (dice.Below(9) + 1).ToString(CultureInfo.InvariantCulture) + Some(dice, "0123456789", count - 1);

    private static string Some(RepeatableRandom dice, string characters, int count) =>
        string.Concat(Enumerable.Range(0, count).Select(_ => characters[dice.Below(characters.Length)]));

    private static string Grouped(string digits, int first, int rest) =>
        digits[..first] + " "
        + string.Join(' ', digits[first..].Chunk(rest).Select(part => new string(part)));
}
