using System.Xml;
using HybridCalendar.ExchangeLab.Model;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>An item on its way into a reply.</summary>
internal sealed record ItemContext(
    XmlWriter Xml, ItemView Item, ItemShape Shape, EwsCall Call, bool IsGetItem)
{
    public CalendarEntry Entry => Item.Entry;

    public MeetingContent Content => Item.Entry.Content;

    public Occurrence Occurrence => Item.Occurrence;

    /// <summary>The body of an exception that has its own, or the meeting's.</summary>
    public (string Text, bool IsHtml) Body => Occurrence.Own is { Body: { } text } own
        ? (text, own.BodyIsHtml)
        : (Content.Body, Content.BodyIsHtml);

    public bool IsMaster => Item.Kind == ItemKind.RecurringMaster;

    /// <summary>A text of the item, with a forbidden character in it while that fault is on.</summary>
    public string Text(string text) => Call.Faults.WithIllegalCharacter(text);
}
