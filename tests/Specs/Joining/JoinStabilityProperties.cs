using System.Globalization;
using CsCheck;
using HybridCalendar.Domain.Joining;
using HybridCalendar.Domain.Joining.Providers;

namespace HybridCalendar.Specs.Joining;

/// <summary>The answer hangs on what an invitation says, and on nothing else.</summary>
public class JoinStabilityProperties
{
    private static readonly string[] Links =
    [
        "https://acme.zoom.us/j/98765432101?pwd=AbC", "https://meet.google.com/abc-defg-hij",
        "https://teams.microsoft.com/meet/2345678901234?p=Ab", "https://acme.webex.com/meet/JIM.IIGI",
        "https://ACME.WEBEX.COM/acme/j.php?MTID=mIi1", "sip:IMI@video.example.com", "1234567@acme.webex.com",
        "https://nam01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fzoom.us%2Fj%2F123456789",
        "192.0.2.1##123456", "+15555550100,,123456#", "https://www.youtube.com/watch?v=1",
    ];

    private static readonly string[] Noise =
    [
        "Agenda:", "1. Budget 2026/27", "İstanbul'da görüşürüz", "dürfte ca. 3,5 Stunden dauern", "см. файл",
        "Jane Doe <jane.doe@example.org>", "Tel. +49 30 555 0100", "mailto:ben@example.org", "½ · 10 % „ja“",
        "議題は後ほど、", "C:\\Temp\\a.txt", "www.example.org/a?b=c", "a < b && c > d", "***", "",
    ];

    private static readonly JoinTargetFinder Finder = new(ProviderTable.Default);

    private static readonly Gen<string> Text =
        Gen.OneOf(Piece(Links), Piece(Noise)).Array[0, 12].Select(lines => string.Join("\r\n", lines));

    /// <summary>
    /// How: any mixture of links and words, in a culture that writes numbers in its own way; others are not
    /// loaded, neither here nor in the service (InvariantGlobalization).
    /// </summary>
    [Fact]
    public void The_same_invitation_has_the_same_answer_in_every_culture_and_again() =>
        Gen.Select(Text, Text, Gen.Enum<BodyFormat>()).Sample((location, body, format) =>
        {
            var invitation = new Invitation { Location = location, Body = body, BodyFormat = format };
            var before = CultureInfo.CurrentCulture;
            var expected = Finder.Find(invitation);
            try
            {
                CultureInfo.CurrentCulture = Foreign;
                new JoinTargetFinder(ProviderTable.Default).Find(invitation).ShouldBe(expected);
                Finder.Find(invitation).ShouldBe(expected);
            }
            finally
            {
                CultureInfo.CurrentCulture = before;
            }
        });

    private static CultureInfo Foreign
    {
        get
        {
            var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            culture.NumberFormat.NegativeSign = "7";
            culture.NumberFormat.PositiveSign = "-";
            culture.NumberFormat.NumberDecimalSeparator = ",";
            culture.NumberFormat.NumberGroupSeparator = ".";
            return culture;
        }
    }

    /// <summary>How: lines without a link before, between and after the links of any text.</summary>
    [Fact]
    public void Text_without_links_around_changes_nothing_of_the_best_way() =>
        Gen.Select(Piece(Links).Array[1, 5], Piece(Noise).Array[0, 30], Gen.Enum<BodyFormat>(), Gen.Bool)
            .Sample((links, noise, format, inBody) =>
            {
                var between = format == BodyFormat.Html ? "<br>" : "\n";
                var words = string.Join(between, noise.Select(one => Written(one, format)));
                var plain = string.Join(between, links.Select(one => Written(one, format)));
                var noisy = string.Join(
                    between, links.Select(one => $"{words}{between}{Written(one, format)}").Append(words));
                Best(noisy, format, inBody).ShouldBe(Best(plain, format, inBody));
            });

    private static Gen<string> Piece(string[] pieces) => Gen.Int[0, pieces.Length - 1].Select(i => pieces[i]);

    private static string Written(string text, BodyFormat format) =>
        format == BodyFormat.Html ? System.Net.WebUtility.HtmlEncode(text) : text;

    private static string? Best(string text, BodyFormat format, bool inBody) => Finder.Find(
        inBody || format == BodyFormat.Html
            ? new Invitation { Body = text, BodyFormat = format }
            : new Invitation { Location = text }).FirstOrDefault()?.Address;
}
