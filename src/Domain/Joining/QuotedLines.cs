namespace HybridCalendar.Domain.Joining;

/// <summary>A line of a text, without blanks around it and marks of quoting before it; never empty.</summary>
/// <param name="Quoted">It is of an older message.</param>
internal readonly record struct TextLine(ReadOnlyMemory<char> Content, bool Quoted)
{
    public ReadOnlySpan<char> Span => Content.Span;

    public string Text => Content.ToString();
}

/// <summary>Which lines of a text are of an older message: they often have an older meeting's link.</summary>
internal static class QuotedLines
{
    private const string Rule = "-----";

    /// <summary>Lines, of a header, from its From to its Sent.</summary>
    private const int HeaderLines = 3;

    private const int FromCharsMax = 12;
    private const int WroteCharsMax = 256;
    private const string Colons = ":：";

    private static readonly string[] From =
    [
        "From:", "Von:", "De:", "Van:", "Da:", "Från:", "Fra:", "От:", "Od:", "Lähettäjä:", "Kimden:", "差出人",
        "发件人", "寄件者", "보낸 사람",
    ];

    private static readonly string[] Sent =
    [
        "Sent:", "Date:", "Gesendet:", "Datum:", "Envoyé", "Enviado", "Verzonden:", "Inviato:",
        "Skickat:", "Sendt:", "Отправлено:", "Data:", "Wysłano:", "Odesláno:", "Lähetetty:", "Gönderildi:",
        "送信日時", "日付", "发送时间", "日期", "寄件日期", "보낸 날짜",
    ];

    /// <summary>Ends of the line that programs write before a quote.</summary>
    private static readonly string[] Wrote =
    [
        "wrote", "schrieb", "a écrit", "escribió", "escreveu", "ha scritto", "schreef", "skrev", "пишет",
        "napisał(a)", "napsal(a)", "kirjoitti", "yazdı", "写道", "寫道", "のメール", "작성",
    ];

    /// <summary>The lines of a text that say something, in order.</summary>
    /// <remarks>
    /// Quoted are lines after ">", and all after "-----Original Message-----", a message's header of From
    /// and, at most two lines later, Sent, or "On … wrote:". In the languages of the lists above.
    /// </remarks>
    public static List<TextLine> Of(string text)
    {
        var lines = new List<TextLine>();
        var after = false;
        var sinceFrom = HeaderLines;
        foreach (var range in text.AsSpan().SplitAny('\r', '\n'))
        {
            var line = text.AsSpan(range).Trim();
            var bare = line.TrimStart("> ");
            if (bare.IsEmpty)
            {
                continue;
            }

            after |= IsRule(bare) || (sinceFrom < HeaderLines && StartsWithAny(bare, Sent));
            var isFrom = bare[..Math.Min(bare.Length, FromCharsMax)].ContainsAny(Colons)
                && StartsWithAny(bare, From);
            sinceFrom = isFrom ? 0 : Math.Min(sinceFrom + 1, HeaderLines);
            text.AsSpan().Overlaps(bare, out var start);
            lines.Add(new TextLine(text.AsMemory(start, bare.Length), after || line[0] == '>'));
            after |= bare.Length <= WroteCharsMax
                && Colons.Contains(bare[^1])
                && EndsWithAny(bare[..^1].TrimEnd(), Wrote);
        }

        return lines;
    }

    private static bool StartsWithAny(ReadOnlySpan<char> line, string[] words)
    {
        foreach (var word in words)
        {
            if (line.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool EndsWithAny(ReadOnlySpan<char> line, string[] words)
    {
        foreach (var word in words)
        {
            if (line.EndsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Outlook's, of five hyphens on each side; other rules structure a text.</summary>
    private static bool IsRule(ReadOnlySpan<char> line) =>
        line.StartsWith(Rule, StringComparison.Ordinal)
        && line.TrimStart('-').Length == line.Length - Rule.Length
        && line.EndsWith(Rule, StringComparison.Ordinal)
        && line.IndexOfAnyExcept('-', ' ') >= 0;
}
