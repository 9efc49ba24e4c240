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

    private readonly StreamReader text = new(bytes, Encoding.UTF8, detectEncodingFromByteOrderMarks: true);

    public override int Peek() => text.Peek() is var c and >= 0 ? Legal((char)c) : -1;

    public override int Read() => text.Read() is var c and >= 0 ? Legal((char)c) : -1;

    public override int Read(char[] buffer, int index, int count)
    {
        var length = text.Read(buffer, index, count);
        foreach (ref var c in buffer.AsSpan(index, length))
        {
            c = Legal(c);
        }

        return length;
    }

    /// <summary>
    /// The same for a text that was given as references, and is to be kept in the clear or sent back.
    /// </summary>
    internal static string Clean(string text) =>
        text.AsSpan().ContainsAnyInRange('\0', '\x1F') || text.AsSpan().ContainsAnyInRange('\uD800', '\uFFFF')
            ? string.Concat(
            text.EnumerateRunes().Select(rune => rune.IsBmp ? $"{Legal((char)rune.Value)}" : $"{rune}"))
            : text;

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            text.Dispose();
        }

        base.Dispose(disposing);
    }

    private static char Legal(char c) =>
        c is < ' ' and not ('\t' or '\n' or '\r') or '\uFFFE' or '\uFFFF' ? Replacement : c;
}
