using System.Xml;
using HybridCalendar.ExchangeLab.Model;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>An item on its way into a reply.</summary>
internal sealed record ItemContext(
    XmlWriter Xml, ItemView Item, ItemShape Shape, EwsCall Call, bool IsGetItem)
{
    /// <summary>How many characters of a text listings give.</summary>
    private const int ListedTextMax = 255;

    public CalendarEntry Entry => Item.Entry;

    public MeetingContent Content => Item.Entry.Content;

    public Occurrence Occurrence => Item.Occurrence;

    /// <summary>The body of an exception that has its own, or the meeting's.</summary>
    public (string Text, bool IsHtml) Body => Occurrence.Own is { Body: { } text } own
        ? (text, own.BodyIsHtml)
        : (Content.Body, Content.BodyIsHtml);

    public bool IsMaster => Item.Kind == ItemKind.RecurringMaster;

    /// <summary>
    /// A text of the item, with a forbidden character in it while that fault is on; listings cut it short.
    /// </summary>
    public string Text(string text) => Call.Faults.WithIllegalCharacter(
        IsGetItem || text.Length <= ListedTextMax ? text : text[..ListedTextMax]);
}
