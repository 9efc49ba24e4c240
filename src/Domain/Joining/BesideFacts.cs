using HybridCalendar.Domain.Joining.Providers;

namespace HybridCalendar.Domain.Joining;

/// <summary>
/// Numbers and passcodes that are written with a label, to be joined with the address near them.
/// </summary>
/// <remarks>
/// An id is a number of 6 to 16 digits, in groups, after any label that is not for telephones; a passcode is
/// a word after a label that says so in one of the table's languages, or after any label in the line after an
/// id, where it has letters and digits. Values may stand in the line after their label. A passcode with a
/// digit may follow its word without a colon, when no other word follows: "(passcode 123456)", "PIN is 1234".
/// </remarks>
internal sealed class BesideFacts
{
    /// <summary>
    /// Lines, of text on either side of an address, in which what belongs to it is written.
    /// </summary>
    private const int Reach = 24;

    private const int LabelCharsMax = 48;
    private const int ValueCharsMax = 48;

    /// <summary>Characters, of a passcode that no colon announces.</summary>
    private const int BareCharsMin = 4;

    private const string Blanks = " \t\u00a0";
    private const string EndsOfWord = Blanks + ",;()<|";

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
                Add(index, fact);
            }

            labelStart = colon + 1;
            var next = text[labelStart..].IndexOfAny(':', '：');
            colon = next < 0 ? -1 : labelStart + next;
        }

        if (Of(index, Kind.Passcode) is null && WithoutColon(text) is { } passcode)
        {
            Add(index, new Fact(Kind.Passcode, passcode));
        }
    }

    private void Add(int index, Fact fact) =>
        (facts.TryGetValue(index, out var all) ? all : facts[index] = []).Add(fact);

    /// <summary>The passcode after the first word that says so and stands alone; or null.</summary>
    private string? WithoutColon(ReadOnlySpan<char> text)
    {
        var start = 0;
        while (table.AnyPasscodeWord.IndexIn(text[start..]) is var next and >= 0)
        {
            var before = text[..(start + next)];
            if ((before.IsEmpty || !char.IsLetterOrDigit(before[^1]))
                && Word(text[before.Length..]) is var word && IsPasscodeWord(word))
            {
                var value = text[(before.Length + word.Length)..].TrimStart(Blanks);
                value = Word(value) is "is" or "=" ? value[Word(value).Length..].TrimStart(Blanks) : value;
                var rest = value[Word(value).Length..].TrimStart(Blanks);
                value = Word(value).TrimEnd('.');
                return value.Length >= BareCharsMin && value.ContainsAnyInRange('0', '9') && IsPasscode(value)
                    && (rest.IsEmpty || EndsOfWord.Contains(rest[0]))
                    ? value.ToString()
                    : null;
            }

            start = before.Length + 1;
        }

        return null;
    }

    private bool IsPasscodeWord(ReadOnlySpan<char> word)
    {
        foreach (var known in table.PasscodeWords)
        {
            if (word.Equals(known, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static ReadOnlySpan<char> Word(ReadOnlySpan<char> text)
    {
        text = text[..Math.Min(text.Length, ValueCharsMax)];
        return text.IndexOfAny(EndsOfWord) is var end and >= 0 ? text[..end] : text;
    }

    private Fact? Understand(ReadOnlySpan<char> label, ReadOnlySpan<char> value, int index)
    {
        Span<char> lower = stackalloc char[LabelCharsMax];
        ReadOnlySpan<char> words = lower[..label.ToLowerInvariant(lower)];
        var word = Word(value);
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
