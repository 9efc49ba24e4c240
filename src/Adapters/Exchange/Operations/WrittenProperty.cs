using System.Collections.Frozen;
using System.Xml;
using HybridCalendar.Adapters.Exchange.Soap;
using HybridCalendar.Domain.Joining;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Domain.Time;
using NodaTime;
using NodaTime.Text;

namespace HybridCalendar.Adapters.Exchange.Operations;

/// <summary>A property with the value that it is to have.</summary>
/// <remarks>Characters that XML does not allow are replaced by U+FFFD: a server would refuse them.</remarks>
/// <seealso href="https://learn.microsoft.com/exchange/client-developer/web-service-reference/calendaritem"/>
internal sealed class WrittenProperty
{
    // The schema wants the children of an item in this order.
    private static readonly string[] Order =
    [
        "Subject", "Sensitivity", "Body", ExtendedProperty, "Start", "End", "IsAllDayEvent",
        "LegacyFreeBusyStatus", "Location", "RequiredAttendees", "OptionalAttendees", "Resources",
        "Recurrence", "StartTimeZone", "EndTimeZone",
    ];

    // What holds several values, or a text.
    private static readonly FrozenSet<string> Appendable =
        FrozenSet.Create("Body", "RequiredAttendees", "OptionalAttendees", "Resources");

    private const string ExtendedProperty = "ExtendedProperty";

    private readonly string element;
    private readonly Action<XmlWriter> content;

    private WrittenProperty(string element, PropertyPath path, Action<XmlWriter> content)
    {
        this.element = element;
        this.content = content;
        Path = path;
    }

    internal PropertyPath Path { get; }

    /// <summary>Whether a value can be added to those that are there.</summary>
    internal bool CanAppend => Appendable.Contains(element);

    /// <summary>The place of its element within an item.</summary>
    internal int Place => Array.IndexOf(Order, element);

    internal static WrittenProperty Subject(string text) => Text("item:", "Subject", text);

    internal static WrittenProperty Location(string text) => Text("calendar:", "Location", text);

    internal static WrittenProperty Body(string text, BodyFormat format) => new(
        "Body", new PropertyPath.Field("item:Body"), xml =>
        {
            xml.WriteAttributeString("BodyType", format == BodyFormat.Html ? "HTML" : "Text");
            xml.WriteString(LegalText.Clean(text));
        });

    internal static WrittenProperty Extended(ExtendedName name, string value) => new(
        ExtendedProperty, new PropertyPath.Extended(name), xml =>
        {
            name.Write(xml);
            xml.Type("Value", LegalText.Clean(value));
        });

    internal static WrittenProperty Sensitivity(Sensitivity sensitivity) =>
        Text("item:", "Sensitivity", sensitivity.ToString());

    internal static WrittenProperty Start(Instant start) =>
        Text("calendar:", "Start", InstantPattern.General.Format(start));

    internal static WrittenProperty End(Instant end) =>
        Text("calendar:", "End", InstantPattern.General.Format(end));

    internal static WrittenProperty AllDay(bool isAllDay) =>
        Text("calendar:", "IsAllDayEvent", isAllDay ? "true" : "false");

    internal static WrittenProperty ShownAs(ShownAs shownAs) => Text("calendar:", "LegacyFreeBusyStatus",
        shownAs == Domain.Meetings.ShownAs.OutOfOffice ? "OOF" : shownAs.ToString());

    /// <param name="addresses">SMTP addresses.</param>
    internal static WrittenProperty Attendees(ParticipantRole role, IReadOnlyList<string> addresses)
    {
        var name = role switch
        {
            ParticipantRole.Required => "RequiredAttendees",
            ParticipantRole.Optional => "OptionalAttendees",
            ParticipantRole.Resource => "Resources",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return new WrittenProperty(name, new PropertyPath.Field($"calendar:{name}"), xml =>
        {
            foreach (var address in addresses)
            {
                xml.Type("Attendee", () => xml.Type("Mailbox", () => xml.Type("EmailAddress", address)));
            }
        });
    }

    internal static WrittenProperty Recurrence(Recurrence recurrence) => new(
        "Recurrence", new PropertyPath.Field("calendar:Recurrence"),
        xml => RecurrenceWriting.Write(xml, recurrence));

    /// <param name="windowsId">What Exchange calls the zone.</param>
    internal static WrittenProperty StartZone(string windowsId) => Zone("StartTimeZone", windowsId);

    /// <inheritdoc cref="StartZone"/>
    internal static WrittenProperty EndZone(string windowsId) => Zone("EndTimeZone", windowsId);

    internal void Write(XmlWriter xml) => xml.Type(element, () => content(xml));

    // What is printed is logged.
    public override string ToString() => element;

    private static WrittenProperty Text(string kind, string name, string text) =>
        new(name, new PropertyPath.Field(kind + name), xml => xml.WriteString(LegalText.Clean(text)));

    private static WrittenProperty Zone(string name, string windowsId) => new(
        name, new PropertyPath.Field($"calendar:{name}"), xml => xml.WriteAttributeString("Id", windowsId));
}
