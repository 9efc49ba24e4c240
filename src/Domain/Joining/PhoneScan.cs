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
        var number = new StringBuilder("tel:+");
        var position = 1;
        for (; position < text.Length && text[position] is (>= '0' and <= '9') or ' ' or '-' or '.' or '(' or ')'
                or '\u00a0'; position++)
        {
            if (char.IsAsciiDigit(text[position]))
            {
                number.Append(text[position]);
            }
        }

        var digits = number.Length - "tel:+".Length;
        var dialled = text[position..];
        var length = dialled.IndexOfAnyExcept("0123456789,;#*");
        dialled = (length < 0 ? dialled : dialled[..length]).TrimEnd(",;");
        return digits is >= 7 and <= 15 && dialled is [',' or ';', ..] && dialled.ContainsAnyInRange('0', '9')
            ? number.Append(dialled).ToString()
            : null;
    }
}
