using System.Net;
using System.Text;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>A body in the form that a client asks for.</summary>
internal static class BodyText
{
    private const string Html = "HTML";
    private const string Text = "Text";

    private static readonly string[] LineEnds = ["br", "/p", "/div", "/tr", "/li", "/h1", "/h2", "/h3"];

    public static (string Type, string Body) As(string wanted, string body, bool isHtml) => wanted switch
    {
        Text when isHtml => (Text, ToText(body)),
        Html when !isHtml => (Html, ToHtml(body)),
        _ => (isHtml ? Html : Text, body),
    };

    /// <summary>The whole characters at the start of a body that fit into so many bytes.</summary>
    public static string Start(string body, int? bytesMax)
    {
        if (bytesMax is not { } left || Encoding.UTF8.GetByteCount(body) <= left)
        {
            return body;
        }

        var length = 0;
        foreach (var rune in body.EnumerateRunes())
        {
            left -= rune.Utf8SequenceLength;
            if (left < 0)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return body[..length];
    }

    private static string ToHtml(string text) =>
        "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\"></head><body>"
        + "<div class=\"PlainText\">"
        + WebUtility.HtmlEncode(text).Replace("\n", "<br>\n", StringComparison.Ordinal)
        + "</div></body></html>";

    /// <summary>
    /// Text with the address of each link after it in angle brackets, as Exchange converts.
    /// </summary>
    private static string ToText(string html)
    {
        var text = new StringBuilder();
        var link = "";
        var at = Math.Max(0, html.IndexOf("<body", StringComparison.OrdinalIgnoreCase));
        while (at < html.Length)
        {
            var open = html.IndexOf('<', at);
            var close = open < 0 ? -1 : html.IndexOf('>', open);
            if (close < 0)
            {
                text.Append(WebUtility.HtmlDecode(html[at..]));
                break;
            }

            var run = html[at..open].Replace("\r", "", StringComparison.Ordinal).Replace('\n', ' ');
            text.Append(WebUtility.HtmlDecode(run));
            var tag = html[(open + 1)..close];
            link = Apply(tag, link, text);
            at = close + 1;
        }

        return text.ToString().Trim();
    }

    private static string Apply(string tag, string link, StringBuilder text)
    {
        var name = tag.Split(' ', '/', '\n') is { Length: > 0 } parts && !tag.StartsWith('/')
            ? parts[0]
            : tag;
        if (LineEnds.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            text.Append("\r\n");
        }

        if (name.Equals("a", StringComparison.OrdinalIgnoreCase))
        {
            return Href(tag);
        }

        if (name.Equals("/a", StringComparison.OrdinalIgnoreCase) && link.Length > 0)
        {
            text.Append('<').Append(WebUtility.HtmlDecode(link)).Append('>');
            return "";
        }

        return link;
    }

    private static string Href(string tag)
    {
        const string Attribute = "href=\"";
        var start = tag.IndexOf(Attribute, StringComparison.OrdinalIgnoreCase);
        if (start < 0)
        {
            return "";
        }

        start += Attribute.Length;
        var end = tag.IndexOf('"', start);
        return end < 0 ? "" : tag[start..end];
    }
}
