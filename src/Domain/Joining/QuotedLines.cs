namespace HybridCalendar.Domain.Joining;

/// <summary>Which lines of a text are of an older message: they often have an older meeting's link.</summary>
internal static class QuotedLines
{
    private const string Rule = "-----";

    private static readonly string[] From = ["From:", "Von:", "De:", "Van:", "Da:", "Från:", "Fra:"];

    private static readonly string[] Sent =
    [
        "Sent:", "Date:", "Gesendet:", "Datum:", "Envoyé", "Enviado", "Verzonden:", "Inviato:",
        "Skickat:", "Sendt:",
    ];

    /// <summary>The lines of a text, in order, each with whether it is quoted.</summary>
    /// <remarks>
    /// Quoted are lines after ">", and all after "-----Original Message-----" or a message's header.
    /// </remarks>
    public static IEnumerable<(string Line, bool Quoted)> Of(string text)
    {
        var after = false;
        var fromBefore = false;
        foreach (var range in text.AsMemory().SplitLines())
        {
            var line = range.Trim().ToString();
            var isFrom = From.Any(word => line.StartsWith(word, StringComparison.OrdinalIgnoreCase));
            after |= IsRule(line) || (fromBefore && Sent.Any(
                word => line.StartsWith(word, StringComparison.OrdinalIgnoreCase)));
            fromBefore = isFrom || (fromBefore && line.Length == 0);
            yield return (line, after || line.StartsWith('>'));
        }
    }

    /// <summary>Outlook's, of five hyphens on each side; other rules structure a text.</summary>
    private static bool IsRule(string line) =>
        line.StartsWith(Rule, StringComparison.Ordinal)
        && line.TrimStart('-').Length == line.Length - Rule.Length
        && line.EndsWith(Rule, StringComparison.Ordinal)
        && line.Any(char.IsLetter);

    private static IEnumerable<ReadOnlyMemory<char>> SplitLines(this ReadOnlyMemory<char> text)
    {
        while (text.Span.IndexOfAny('\r', '\n') is var end and >= 0)
        {
            yield return text[..end];
            text = text[(end + 1)..];
        }

        yield return text;
    }
}
