using HybridCalendar.Domain.Joining.Providers;

namespace HybridCalendar.Domain.Joining;

/// <summary>
/// Numbers and passcodes that are written with a label, to be joined with the address near them.
/// </summary>
/// <remarks>
/// An id is a number of 6 to 16 digits, in groups, after any label that is not for telephones; a passcode is
/// a word after a label that says so in one of the table's languages, or after any label in the line after an
/// id, where it has letters and digits. Values may stand in the line after their label.
/// </remarks>
internal sealed class BesideFacts
{
    /// <summary>
    /// Lines, of text on either side of an address, in which what belongs to it is written.
    /// </summary>
    private const int Reach = 24;

    private const int LabelCharsMax = 48;
    private const int ValueCharsMax = 48;

    private readonly ProviderTable table;
    private readonly IReadOnlyList<TextLine> lines;
    private readonly SortedDictionary<int, List<Fact>> facts = [];

    public BesideFacts(ProviderTable table, IReadOnlyList<TextLine> lines)
    {
        this.table = table;
        this.lines = lines;
        for (var i = 0; i < lines.Count; i++)
        {
            Read(i);
        }
    }

    private enum Kind
    {
        Id,
        VideoId,
        Passcode,
    }

    /// <summary>The number for video systems nearest to a line; or null.</summary>
    /// <param name="isOther">Whether another meeting's address is in a line: what is behind it is
    /// its.</param>
    public string? VideoId(int line, Func<int, bool> isOther) => Near(line, Kind.VideoId, isOther);

    /// <summary>The meeting's number for people nearest to a line; or null.</summary>
    public string? MeetingId(int line, Func<int, bool> isOther) => Near(line, Kind.Id, isOther);

    /// <summary>The passcode nearest to a line; or null.</summary>
    public string? Passcode(int line, Func<int, bool> isOther) => Near(line, Kind.Passcode, isOther);

    private string? Near(int line, Kind kind, Func<int, bool> isOther)
    {
        bool IsReached(int i) => i == line || (lines[i].Quoted == lines[line].Quoted && !isOther(i));
        for (var i = line; i < Math.Min(lines.Count, line + Reach) && IsReached(i); i++)
        {
            if (Of(i, kind) is { } value)
            {
                return value;
            }
        }

        for (var i = line - 1; i >= Math.Max(0, line - Reach) && IsReached(i); i--)
        {
            if (Of(i, kind) is { } value)
            {
                return value;
            }
        }

        return null;
    }

    private string? Of(int line, Kind kind) =>
        facts.TryGetValue(line, out var all)
            ? all.Where(fact => fact.Kind == kind).Select(fact => fact.Value).FirstOrDefault()
            : null;

    private void Read(int index)
    {
        var text = lines[index].Span;
        var labelStart = 0;
        for (var colon = text.IndexOfAny(':', '：'); colon >= 0;)
        {
            var label = text[labelStart..colon];
            label = label[Math.Max(0, label.Length - LabelCharsMax)..];
            var rest = text[(colon + 1)..].TrimStart();
            var isLast = rest.IsEmpty;
            var value = isLast && index + 1 < lines.Count ? lines[index + 1].Span : rest;
            value = value[..Math.Min(value.Length, ValueCharsMax)];
            if (!value.StartsWith("//") && Understand(label, value, index) is { } fact)
            {
                (facts.TryGetValue(index, out var all) ? all : facts[index] = []).Add(fact);
            }

            labelStart = colon + 1;
            var next = text[labelStart..].IndexOfAny(':', '：');
            colon = next < 0 ? -1 : labelStart + next;
        }
    }

    private Fact? Understand(ReadOnlySpan<char> label, ReadOnlySpan<char> value, int index)
    {
        Span<char> lower = stackalloc char[LabelCharsMax];
        ReadOnlySpan<char> words = lower[..label.ToLowerInvariant(lower)];
        var word = value[..(value.IndexOfAny(" \t\u00a0,;()<|") is var end and >= 0 ? end : value.Length)];
        if (HasAny(words, table.PasscodeWords))
        {
            return IsPasscode(word) ? new Fact(Kind.Passcode, word.ToString()) : null;
        }

        if (Number(value) is { } number)
        {
            return HasAny(words, table.VideoWords) ? new Fact(Kind.VideoId, number)
                : HasAny(words, table.PhoneWords) ? null
                : new Fact(Kind.Id, number);
        }

        return Of(index - 1, Kind.Id) is not null && IsPasscode(word)
            && word.ContainsAnyInRange('0', '9') && word.IndexOfAnyExceptInRange('0', '9') >= 0
            ? new Fact(Kind.Passcode, word.ToString())
            : null;
    }

    /// <summary>
    /// Groups of digits with a blank or hyphen between; none that a telephone ends with "#".
    /// </summary>
    private static string? Number(ReadOnlySpan<char> value)
    {
        Span<char> digits = stackalloc char[ValueCharsMax];
        var count = 0;
        var end = value.IndexOfAnyExcept("0123456789 -\u00a0");
        foreach (var c in end < 0 ? value : value[..end])
        {
            if (char.IsAsciiDigit(c))
            {
                digits[count++] = c;
            }
        }

        var endsWell = end < 0 || value[end] is not ('#' or ':' or '.' or '/' or '@');
        return endsWell && count is >= 6 and <= 16 ? digits[..count].ToString() : null;
    }

    private static bool IsPasscode(ReadOnlySpan<char> word) =>
        word.Length is >= 3 and <= 32 && word.IndexOfAny("@/:") < 0 && word[^1] != '#';

    private static bool HasAny(ReadOnlySpan<char> label, string[] words)
    {
        foreach (var word in words)
        {
            if (label.Contains(word, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private readonly record struct Fact(Kind Kind, string Value);
}
