using System.Text;

namespace HybridCalendar.Domain.Joining;

/// <summary>Telephone numbers of bridges: those after which the conference's number is dialled.</summary>
/// <remarks>
/// "+" and a number of 7 to 15 digits (E.164), then a pause and digits: "+1 555 555 0100,,123456#". Without
/// these it is somebody's telephone.
/// </remarks>
internal static class PhoneScan
{
    private const int CharsMax = 96;

    private const string Scheme = "tel:+";

    /// <summary>The numbers, in order, as tel: with what is dialled after it.</summary>
    public static IEnumerable<string> Of(string line)
    {
        for (var plus = line.IndexOf('+', StringComparison.Ordinal);
             plus >= 0;
             plus = line.IndexOf('+', plus + 1))
        {
            if ((plus == 0 || !char.IsLetterOrDigit(line[plus - 1]))
                && Number(line.AsSpan(plus, Math.Min(CharsMax, line.Length - plus))) is { } number)
            {
                yield return number;
            }
        }
    }

    private static string? Number(ReadOnlySpan<char> text)
    {
        var number = new StringBuilder(Scheme);
        var written = Beginning(text[1..], "0123456789 -.()\u00a0");

        // "+49 (0)30": the zero is dialled only without the country.
        foreach (var c in written.ToString().Replace("(0)", "", StringComparison.Ordinal))
        {
            if (char.IsAsciiDigit(c))
            {
                number.Append(c);
            }
        }

        var digits = number.Length - Scheme.Length;
        var dialled = Beginning(text[(1 + written.Length)..], "0123456789,;#*").TrimEnd(",;");
        return digits is >= 7 and <= 15 && dialled is [',' or ';', ..] && dialled.ContainsAnyInRange('0', '9')
            ? number.Append(dialled).ToString()
            : null;
    }

    private static ReadOnlySpan<char> Beginning(ReadOnlySpan<char> text, ReadOnlySpan<char> chars) =>
        text.IndexOfAnyExcept(chars) is var end and >= 0 ? text[..end] : text;
}
