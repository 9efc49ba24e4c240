using System.Globalization;

namespace HybridCalendar.Domain.Joining.Providers;

/// <summary>What the path of a link looks like.</summary>
/// <remarks>
/// Parts between slashes: text in any case; "*" for any part; "**" for any number of parts, at most once;
/// {digits}, {token} for letters, digits, "-" and "_", {upper} for capitals and digits, each with a length as
/// in {digits:9} or {token:8-13}; {groups:3-4-3} for letters in groups of that length. After "/#/" the same
/// for the fragment; without it any fragment will do. "" is the path of a host alone.
/// </remarks>
internal sealed class PathPattern
{
    private const int PartCharsMax = 1024;

    private readonly Part[] path;
    private readonly Part[]? fragment;

    private PathPattern(Part[] path, Part[]? fragment) => (this.path, this.fragment) = (path, fragment);

    private enum Form
    {
        Text,
        Any,
        Rest,
        Digits,
        Token,
        Upper,
        Groups,
    }

    /// <summary>How many parts are not told by the pattern, and thus are captured.</summary>
    public int Captures =>
        path.Concat(fragment ?? []).Count(part => part.Form is not (Form.Text or Form.Rest));

    /// <summary>The pattern; null when the text is none.</summary>
    public static PathPattern? Parse(string text)
    {
        var halves = text.Split("#/", 2);
        var path = Parts(halves[0]);
        var fragment = halves.Length > 1 ? Parts(halves[1]) : null;
        return path is null || (halves.Length > 1 && fragment is null)
            ? null
            : new PathPattern(path, fragment);
    }

    /// <summary>
    /// The parts that the pattern does not tell, in order; null when the link does not match.
    /// </summary>
    public IReadOnlyList<string>? Match(Link link)
    {
        if (!Match(path, link.Segments, null)
            || (fragment is not null && !Match(fragment, link.FragmentSegments, null)))
        {
            return null;
        }

        var captured = new List<string>();
        Match(path, link.Segments, captured);
        Match(fragment, link.FragmentSegments, captured);
        return captured;
    }

    private static bool Match(
        ReadOnlySpan<Part> pattern, ReadOnlySpan<string> segments, List<string>? captured)
    {
        var rest = -1;
        for (var i = 0; i < pattern.Length; i++)
        {
            rest = pattern[i].Form == Form.Rest ? i : rest;
        }

        if (rest < 0)
        {
            return pattern.Length == segments.Length && AllMatch(pattern, segments, captured);
        }

        var tail = pattern[(rest + 1)..];
        return segments.Length >= pattern.Length - 1
            && AllMatch(pattern[..rest], segments, captured)
            && AllMatch(tail, segments[(segments.Length - tail.Length)..], captured);
    }

    private static bool AllMatch(
        ReadOnlySpan<Part> pattern, ReadOnlySpan<string> segments, List<string>? captured)
    {
        for (var i = 0; i < pattern.Length; i++)
        {
            if (!pattern[i].Matches(segments[i]))
            {
                return false;
            }

            if (pattern[i].Form != Form.Text)
            {
                captured?.Add(segments[i]);
            }
        }

        return true;
    }

    private static Part[]? Parts(string text)
    {
        var parts = text.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Part.Parse).ToList();
        return parts.Contains(null) || parts.Count(part => part!.Form == Form.Rest) > 1 ? null : [.. parts!];
    }

    private sealed record Part(Form Form, string Text, int Least, int Most)
    {
        public static Part? Parse(string text)
        {
            if (text is "*" or "**")
            {
                return new Part(text == "*" ? Form.Any : Form.Rest, "", 0, 0);
            }

            if (text is not ['{', .. var inner, '}'])
            {
                return text.AsSpan().IndexOfAny("*{}?#") < 0 ? new Part(Form.Text, text, 0, 0) : null;
            }

            var colon = inner.IndexOf(':', StringComparison.Ordinal);
            var (name, length) = colon < 0 ? (inner, "") : (inner[..colon], inner[(colon + 1)..]);
            return name switch
            {
                "groups" => length.Length > 0 && length.All(c => char.IsAsciiDigit(c) || c == '-')
                    ? new Part(Form.Groups, length, 0, 0)
                    : null,
                "digits" => WithLength(Form.Digits, length),
                "token" => WithLength(Form.Token, length),
                "upper" => WithLength(Form.Upper, length),
                _ => null,
            };
        }

        public bool Matches(string segment) => Form switch
        {
            Form.Text => Text.Equals(segment, StringComparison.OrdinalIgnoreCase),
            Form.Groups => string.Join('-', segment.Split('-').Select(g => g.Length)) == Text
                && segment.All(c => c == '-' || char.IsAsciiLetter(c)),
            Form.Any => true,
            _ => segment.Length >= Least && segment.Length <= Most && segment.All(IsOfForm),
        };

        private static Part? WithLength(Form form, string length) => length.Split('-') switch
        {
            [""] => new Part(form, "", 1, PartCharsMax),
            [var one] when Number(one) is { } n => new Part(form, "", n, n),
            [var least, var most] when Number(least) is { } a && Number(most) is { } b && a <= b =>
                new Part(form, "", a, b),
            _ => null,
        };

        private static int? Number(string text) =>
            int.TryParse(text, NumberStyles.None, NumberFormatInfo.InvariantInfo, out var number)
            && number is > 0 and <= PartCharsMax
                ? number
                : null;

        private bool IsOfForm(char c) => Form switch
        {
            Form.Digits => char.IsAsciiDigit(c),
            Form.Upper => char.IsAsciiDigit(c) || char.IsAsciiLetterUpper(c),
            _ => char.IsAsciiLetterOrDigit(c) || c is '-' or '_',
        };
    }
}
