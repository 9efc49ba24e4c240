using System.Net;
using System.Text;

namespace HybridCalendar.Domain.Joining;

/// <summary>
/// HTML as plain text in which links can be found: each href on a line of its own, before its text.
/// </summary>
/// <remarks>
/// One pass, no tree: mail is rarely well-formed. What is quoted is marked as plain text marks it, by ">"
/// at the head of each line, from the elements in which Outlook, Gmail and Apple Mail put quotes.
/// </remarks>
internal static class HtmlText
{
    private static readonly HashSet<string> Inline = new(StringComparer.Ordinal)
    {
        "b", "i", "u", "s", "em", "strong", "span", "font", "wbr", "small", "big", "mark",
        "/b", "/i", "/u", "/s", "/em", "/strong", "/span", "/font", "/small", "/big", "/mark",
    };

    private static readonly HashSet<string> Hidden =
        new(StringComparer.Ordinal) { "style", "script", "head" };

    private static readonly string[] QuoteMarks = ["gmail_quote", "divRplyFwdMsg", "appendonsend"];

    public static string Flatten(string html)
    {
        var text = new StringBuilder(html.Length);
        var quotes = 0;
        var position = 0;
        while (position < html.Length)
        {
            var open = html.IndexOf('<', position);
            var textEnd = open < 0 ? html.Length : open;
            Append(text, html.AsSpan(position..textEnd), quotes);
            if (open < 0)
            {
                break;
            }

            var tag = TagAt(html, open);
            position = tag.End;
            quotes = Math.Max(0, quotes + Quotes(tag));
            if (tag.Name.Length > 0 && !Inline.Contains(tag.Name))
            {
                NewLine(text, quotes);
            }

            if (tag.Href is { } href)
            {
                Append(text, Compact(href), quotes);
                NewLine(text, quotes);
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, ReadOnlySpan<char> encoded, int quotes)
    {
        if (quotes == 0 && !encoded.Contains('&'))
        {
            text.Append(encoded);
            return;
        }

        var decoded = WebUtility.HtmlDecode(encoded.ToString());
        text.Append(quotes == 0 ? decoded : decoded.ReplaceLineEndings("\n> "));
    }

    private static void NewLine(StringBuilder text, int quotes) => text.Append(quotes == 0 ? "\n" : "\n> ");

    /// <summary>A browser ignores line breaks within an href, and blanks around it.</summary>
    private static string Compact(string href) =>
        string.Concat(href.Trim().Where(c => !char.IsControl(c)))
            .Replace(" ", "%20", StringComparison.Ordinal);

    private static int Quotes(Tag tag) => tag switch
    {
        { Name: "blockquote" } => 1,
        { Name: "/blockquote" } => -1,
        { StartsQuote: true } => 1,
        _ => 0,
    };

    private static Tag TagAt(string html, int open)
    {
        if (string.CompareOrdinal(html, open, "<!--", 0, 4) == 0)
        {
            return new Tag("", null, false, After(html, "-->", open + 4));
        }

        var nameEnd = open + 1;
        while (nameEnd < html.Length && IsNameChar(html[nameEnd]))
        {
            nameEnd++;
        }

        var name = html[(open + 1)..nameEnd].ToLowerInvariant();
        if (name.Length == 0
            || char.IsAsciiDigit(name[0])
            || name.StartsWith("http", StringComparison.Ordinal))
        {
            // "Join<https://…>" within badly made HTML is text, and so is a lone "<" or the one in "2<3".
            return new Tag("", null, false, open + 1);
        }

        if (Hidden.Contains(name))
        {
            return new Tag(name, null, false, After(html, ">", After(html, $"</{name}", nameEnd)));
        }

        return WithAttributes(html, name, nameEnd);
    }

    private static Tag WithAttributes(string html, string name, int position)
    {
        string? href = null;
        var quote = false;
        while (position < html.Length && html[position] is not ('>' or '<'))
        {
            if (!char.IsAsciiLetter(html[position]))
            {
                position++;
                continue;
            }

            var nameStart = position;
            position = SkipWhile(
                html, position, c => c is not ('=' or '>' or '<' or '/') && !char.IsWhiteSpace(c));
            var attribute = html.AsSpan(nameStart, position - nameStart);
            var next = SkipWhile(html, position, char.IsWhiteSpace);
            if (next >= html.Length || html[next] != '=')
            {
                continue;
            }

            position = SkipWhile(html, next + 1, char.IsWhiteSpace);
            var value = Value(html, ref position);
            href = attribute.Equals("href", StringComparison.OrdinalIgnoreCase) ? value : href;
            quote |= (attribute.Equals("id", StringComparison.OrdinalIgnoreCase)
                    || attribute.Equals("class", StringComparison.OrdinalIgnoreCase))
                && QuoteMarks.Any(mark => value.Contains(mark, StringComparison.OrdinalIgnoreCase));
        }

        var linked = name is "a" or "area" ? href : null;
        var end = position < html.Length && html[position] == '>' ? position + 1 : position;
        return new Tag(name, linked, quote && !name.StartsWith('/'), end);
    }

    private static string Value(string html, ref int position)
    {
        if (position >= html.Length)
        {
            return "";
        }

        var quoted = html[position] is '"' or '\'';
        var start = quoted ? position + 1 : position;
        var end = quoted
            ? html.IndexOf(html[position], start)
            : SkipWhile(html, start, c => c != '>' && !char.IsWhiteSpace(c));
        end = end < 0 ? html.Length : end;
        position = quoted ? Math.Min(end + 1, html.Length) : end;
        return html[start..end];
    }

    private static bool IsNameChar(char c) => char.IsAsciiLetterOrDigit(c) || c is '/' or ':' or '!';

    private static int SkipWhile(string html, int position, Func<char, bool> condition)
    {
        while (position < html.Length && condition(html[position]))
        {
            position++;
        }

        return position;
    }

    private static int After(string html, string mark, int position)
    {
        var found = html.IndexOf(mark, Math.Min(position, html.Length), StringComparison.OrdinalIgnoreCase);
        return found < 0 ? html.Length : found + mark.Length;
    }

    /// <param name="Name">Lower case, with its slash when it closes; empty for what is no tag.</param>
    /// <param name="End">Where the text after it begins.</param>
    private readonly record struct Tag(string Name, string? Href, bool StartsQuote, int End);
}
