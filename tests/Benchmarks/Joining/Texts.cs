using System.Globalization;
using System.Text;

namespace HybridCalendar.Benchmarks.Joining;

/// <summary>A body of an invitation to look for ways to join in.</summary>
internal sealed record Texts(string Name, string Body)
{
    private const int Small = 20_000;
    private const int Large = 1_000_000;

    private const string Invitation = """
        <div>________________________________</div><div><b>Microsoft Teams</b> <a href="https://aka.ms/JoinTeamsMeeting?omkt=en-US">Need help?</a></div>
        <div><a href="https://teams.microsoft.com/l/meetup-join/19%3ameeting_x%40thread.v2/0?context=%7b%22Tid%22%3a%2200%22%7d">Join the meeting now</a></div>
        <div>Meeting ID: 234&nbsp;567&nbsp;890&nbsp;123&nbsp;45</div><div>Passcode: ab1CD2</div>
        <div>Join on a video conferencing device</div>
        <div>Tenant key: <a href="mailto:acme@m.webex.com">acme@m.webex.com</a></div>
        <div>Video ID: 117 123 456 7</div>
        """;

    private const string Prose = """
        <p class="MsoNormal"><span style="font-size:11.0pt">We go through the open points &amp; decide,
        item {0} of the agenda, who does what until when.</span></p>

        """;

    private const string Linked = """
        <p>See <a href="https://wiki.example/page/{0}?view=1#top">page {0}</a> or write to <a href="mailto:team{0}@example.com">us</a>.</p>

        """;

    /// <summary>From what most invitations are to the most that a look reads.</summary>
    public static IReadOnlyList<Texts> All(bool quick) =>
    [
        new("an invitation", Fill(Prose, Small, Invitation)),
        new("long prose", Fill(Prose, quick ? Small : Large, Invitation)),
        new("long, full of links", Fill(Linked, quick ? Small : Large, Invitation)),
        new("long, without markup", Fill("word{0} ", quick ? Small : Large, Invitation)),
    ];

    private static string Fill(string paragraph, int chars, string end)
    {
        var text = new StringBuilder("<html><body>");
        for (var i = 0; text.Length < chars; i++)
        {
            text.AppendFormat(CultureInfo.InvariantCulture, paragraph, i);
        }

        return text.Append(end).Append("</body></html>").ToString();
    }
}
