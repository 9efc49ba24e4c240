using System.Buffers;
using System.Text;

namespace HybridCalendar.Domain.Joining.Providers;

/// <summary>Finds the first of some words in a text, whatever its letters' case.</summary>
/// <remarks>
/// Most texts are of ASCII letters only, in which other words need not be looked for; looking for ASCII words
/// alone is many times as fast.
/// </remarks>
internal sealed class WordSearch(IEnumerable<string> words)
{
    private readonly SearchValues<string> ascii = Of(words.Where(word => Ascii.IsValid(word)));
    private readonly SearchValues<string> others = Of(words.Where(word => !Ascii.IsValid(word)));

    /// <summary>Where the first of the words begins; negative when there is none.</summary>
    public int IndexIn(ReadOnlySpan<char> text)
    {
        var first = text.IndexOfAny(ascii);
        if (Ascii.IsValid(text))
        {
            return first;
        }

        var other = text.IndexOfAny(others);
        return other >= 0 && (first < 0 || other < first) ? other : first;
    }

    private static SearchValues<string> Of(IEnumerable<string> words) =>
        SearchValues.Create([.. words], StringComparison.OrdinalIgnoreCase);
}
