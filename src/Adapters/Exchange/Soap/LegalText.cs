using System.Buffers;
using System.Text;

namespace HybridCalendar.Adapters.Exchange.Soap;

/// <summary>Text of which XML allows every character: each illegal one is replaced by U+FFFD.</summary>
/// <remarks>
/// Mailboxes hold control characters, and Exchange sends them. As references (<c>&amp;#x1F;</c>) the XML
/// reader can be told to take them; in the raw it cannot. Bytes that are no UTF-8 are replaced by the decoder
/// in the same way.
/// </remarks>
internal sealed class LegalText(Stream bytes) : TextReader
{
    private const char Replacement = '\uFFFD';

    // Of ASCII only: such a set is looked for many characters at a time.
    private static readonly SearchValues<char> Controls = SearchValues.Create(
        [.. Enumerable.Range(0, ' ').Select(c => (char)c).Except(['\t', '\n', '\r'])]);

    private readonly StreamReader text = new(bytes, Encoding.UTF8, detectEncodingFromByteOrderMarks: true);

    public override int Peek() => text.Peek() is var c and >= 0 ? Legal((char)c) : -1;

    public override int Read() => text.Read() is var c and >= 0 ? Legal((char)c) : -1;

    public override int Read(char[] buffer, int index, int count)
    {
        var length = text.Read(buffer, index, count);
        MakeLegal(buffer.AsSpan(index, length));
        return length;
    }

    /// <summary>
    /// The same for a text that was given as references, and is to be kept in the clear or sent back: there,
    /// halves of a character may stand alone, and are replaced as well.
    /// </summary>
    internal static string Clean(string text)
    {
        if (!text.AsSpan().ContainsAny(Controls) && !text.AsSpan().ContainsAnyInRange('\uD800', '\uFFFF'))
        {
            return text;
        }

        return string.Create(text.Length, text, static (clean, text) =>
        {
            text.CopyTo(clean);
            MakeLegal(clean);
            for (var at = 0; at < clean.Length; at++)
            {
                if (at + 1 < clean.Length && char.IsSurrogatePair(clean[at], clean[at + 1]))
                {
                    at++;
                }
                else if (char.IsSurrogate(clean[at]))
                {
                    clean[at] = Replacement;
                }
            }
        });
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            text.Dispose();
        }

        base.Dispose(disposing);
    }

    private static void MakeLegal(Span<char> text)
    {
        text.ReplaceAny(Controls, Replacement);
        text.Replace('\uFFFE', Replacement);
        text.Replace('\uFFFF', Replacement);
    }

    private static char Legal(char c)
    {
        MakeLegal(new Span<char>(ref c));
        return c;
    }
}
