using System.Runtime.InteropServices;
using HybridCalendar.Domain.Joining;
using HybridCalendar.Domain.Joining.Providers;

namespace HybridCalendar.Specs.Joining;

/// <summary>
/// The work grows as the text does. How: texts that make naive scanners look again and again, in two sizes;
/// counted is the processor time of this thread alone, which other work on the machine does not lengthen.
/// </summary>
public class JoinLinearSpecs
{
    private const int Chars = 128 * 1024;
    private const int Times = 8;

    /// <summary>
    /// A linear finder takes 8 times the time for 8 times the text, a quadratic one 64 times.
    /// </summary>
    private const double RatioMax = 24;

    private const int AttemptsMax = 5;
    private const int ClockThreadCpuTime = 3;

    /// <summary>What is done in less is too little to be compared.</summary>
    private const double MillisecondsMin = 5;

    [Theory]
    [InlineData("<")]
    [InlineData("<a href=\"")]
    [InlineData("<!--")]
    [InlineData("<style")]
    [InlineData("http")]
    [InlineData("http://@")]
    [InlineData("https://zoom.us/j/1?")]
    [InlineData("https://zoom.us/j/# ")]
    [InlineData("https://a#.example/b ")]
    [InlineData("1@")]
    [InlineData("@a.b")]
    [InlineData("sip:a#@b.c ")]
    [InlineData("teams@a#.b ")]
    [InlineData("a#.x@lync.webex.com\nVideo ID: 123456\n")]
    [InlineData("1#@zoomcrc.com\nPasscode:\n")]
    [InlineData("1.1.1.1###1")]
    [InlineData("+1555555,,1")]
    [InlineData("a:")]
    [InlineData("H.323\n1.1.1.1\n")]
    [InlineData("From:\n")]
    [InlineData("&amp;")]
    [InlineData("\n")]
    [InlineData("<blockquote>\n")]
    [InlineData("https%3A%2F%2F")]
    [InlineData("https://urldefense.com/v3/__**__;")]
    [InlineData("http://a")]
    [InlineData("https://a\\b'")]
    [InlineData("'https://zoom.us/j/1'")]
    [InlineData("<http\n")]
    [InlineData("<https://a\nb\n")]
    [InlineData("=3D")]
    [InlineData("=3D=\n")]
    [InlineData("\u200b")]
    [InlineData("z\u00adoom.us <wbr>")]
    [InlineData(".pin")]
    [InlineData("pin 1234 pin ")]
    [InlineData("mailto:a#@b.c sip:a#@b.c\n")]
    [InlineData("From: a\nSent: b\n")]
    [InlineData("a wrote:\n")]
    [InlineData("<!-->")]
    [InlineData("<a href=javascript:a>")]
    [InlineData("<table><tr><td>&#")]
    [InlineData("<img src=\"data:image/png;base64,AAAA")]
    [InlineData("https://www.google.com/url?q=")]
    [InlineData("https://url.avanan.click/v2/___a___. ")]
    [InlineData("https://urldefense.proofpoint.com/v2/url?u=-25-25 ")]
    [InlineData("https://x.protection.sophos.com/?u=aHR0cHM6Ly9hLmI# ")]
    [InlineData("https://x.safelinks.protection.outlook.com/?url=https%3A%2F%2Fzoom.us%2Fj%2F# ")]
    public void Eight_times_the_text_takes_about_eight_times_the_work(string piece)
    {
        var small = Repeat(piece, Chars);
        var large = Repeat(piece, Chars * Times);
        var (least, most) = (double.MaxValue, double.MaxValue);
        for (var attempt = 0; attempt < AttemptsMax; attempt++)
        {
            least = Math.Min(least, Milliseconds(small));
            most = Math.Min(most, Milliseconds(large));
            if (most <= RatioMax * Math.Max(least, MillisecondsMin))
            {
                return;
            }
        }

        Assert.Fail($"{Chars} characters take {least:F1} ms, {Times} times as many {most:F1} ms.");
    }

    [Fact]
    public void A_link_behind_a_megabyte_of_text_is_found() =>
        Finder.Find(new Invitation { Body = Repeat("x", 1_000_000) + " https://zoom.us/j/1" })
            .ShouldHaveSingleItem();

    private static JoinTargetFinder Finder { get; } = new(ProviderTable.Default);

    private static double Milliseconds(string text)
    {
        var before = ThreadTime();
        Finder.Find(new Invitation { Body = text, BodyFormat = BodyFormat.Text });
        Finder.Find(new Invitation { Body = text, BodyFormat = BodyFormat.Html });
        return (ThreadTime() - before) / 1e6;
    }

    /// <summary>The piece again and again; "#" is another number each time.</summary>
    private static string Repeat(string piece, int chars) =>
        string.Concat(Enumerable.Range(0, chars / piece.Length)
            .Select(i => piece.Contains("##") ? piece : piece.Replace("#", $"{i}")));

    /// <summary>Nanoseconds.</summary>
    private static long ThreadTime()
    {
        ClockGetTime(ClockThreadCpuTime, out var time).ShouldBe(0);
        return (time.Seconds * 1_000_000_000) + time.Nanoseconds;
    }

    [DllImport("libc", EntryPoint = "clock_gettime")]
    private static extern int ClockGetTime(int clock, out Timespec time);

    private struct Timespec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
