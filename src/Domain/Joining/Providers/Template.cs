using System.Text;

namespace HybridCalendar.Domain.Joining.Providers;

/// <summary>
/// An address with gaps: "{id}[.{passcode}]@{host}". What stands in brackets is left out when a value in it
/// is missing; any other missing value leaves nothing of the address.
/// </summary>
internal sealed class Template
{
    private readonly IReadOnlyList<Piece> pieces;

    private Template(IReadOnlyList<Piece> pieces) => this.pieces = pieces;

    /// <summary>The names of the values that it needs or takes.</summary>
    public IEnumerable<string> Names =>
        pieces.SelectMany(piece => piece.Parts).Where(part => part.IsName).Select(part => part.Text);

    /// <summary>The template; null when its brackets and braces do not pair.</summary>
    public static Template? Parse(string text)
    {
        var pieces = new List<Piece>();
        while (text.Length > 0)
        {
            var open = text.IndexOf('[', StringComparison.Ordinal);
            var close = text.IndexOf(']', StringComparison.Ordinal);
            var end = open < 0 ? text.Length : open;
            if ((open < 0) != (close < 0) || close < open
                || Parts(text[..end]) is not { } before
                || (open >= 0 ? Parts(text[(open + 1)..close]) : []) is not { } optional)
            {
                return null;
            }

            pieces.Add(new Piece(before, IsOptional: false));
            pieces.Add(new Piece(optional, IsOptional: true));
            text = open < 0 ? "" : text[(close + 1)..];
        }

        return new Template(pieces);
    }

    /// <summary>The address; null when a value that it needs is null or empty.</summary>
    public string? Fill(Func<string, string?> value)
    {
        var filled = new StringBuilder();
        foreach (var piece in pieces)
        {
            var texts = piece.Parts.Select(part => part.IsName ? value(part.Text) : part.Text).ToList();
            if (!texts.Any(string.IsNullOrEmpty))
            {
                filled.AppendJoin("", texts);
            }
            else if (!piece.IsOptional)
            {
                return null;
            }
        }

        return filled.ToString();
    }

    private static List<Part>? Parts(string text)
    {
        var parts = new List<Part>();
        while (text.Length > 0)
        {
            var open = text.IndexOf('{', StringComparison.Ordinal);
            var close = text.IndexOf('}', StringComparison.Ordinal);
            var end = open < 0 ? text.Length : open;
            if ((open < 0) != (close < 0) || (open >= 0 && close < open + 2))
            {
                return null;
            }

            if (end > 0)
            {
                parts.Add(new Part(text[..end], IsName: false));
            }

            if (open >= 0)
            {
                parts.Add(new Part(text[(open + 1)..close], IsName: true));
            }

            text = open < 0 ? "" : text[(close + 1)..];
        }

        return parts;
    }

    private sealed record Part(string Text, bool IsName);

    private sealed record Piece(IReadOnlyList<Part> Parts, bool IsOptional);
}
