using System.Xml;
using HybridCalendar.ExchangeLab.Ews;

namespace HybridCalendar.ExchangeLab.Style;

/// <summary>How one reply is written.</summary>
/// <param name="Edition">Whom it is from.</param>
/// <param name="Number">What its prefixes are drawn by.</param>
internal sealed record ReplyStyle(Edition Edition, WireSettings Settings, int Number)
{
    /// <summary>The writer as it is, or one that changes the prefixes on the way.</summary>
    public XmlWriter Prefixed(XmlWriter writer) =>
        Settings.Prefixes == Prefixes.Usual ? writer : new PrefixedWriter(writer, PrefixOf);

    private string PrefixOf(string space)
    {
        if (Settings.Prefixes == Prefixes.None)
        {
            return "";
        }

        const int Letters = 26;
        var draw = new Random(HashCode.Combine(Number, space.Length));
        return draw.Next(4) == 0 ? "" : $"{(char)('a' + draw.Next(Letters))}{draw.Next(100)}";
    }
}
