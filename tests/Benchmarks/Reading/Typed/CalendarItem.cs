using System.Xml.Serialization;

namespace HybridCalendar.Benchmarks.Reading.Typed;

/// <summary>A calendar item with everything that the lab gives of one.</summary>
[XmlType(Namespace = Of.Types)]
public sealed class CalendarItem
{
    public Identity? ItemId { get; set; }
    public Identity? ParentFolderId { get; set; }
    public string? ItemClass { get; set; }
    public string? Subject { get; set; }
    public string? Sensitivity { get; set; }
    public BodyText? Body { get; set; }
    public DateTime DateTimeReceived { get; set; }
    public int Size { get; set; }
    public string? Importance { get; set; }
    public bool IsSubmitted { get; set; }
    public bool IsDraft { get; set; }
    public bool IsFromMe { get; set; }
    public bool IsResend { get; set; }
    public bool IsUnmodified { get; set; }
    public DateTime DateTimeSent { get; set; }
    public DateTime DateTimeCreated { get; set; }
    public DateTime ReminderDueBy { get; set; }
    public bool ReminderIsSet { get; set; }
    public string? ReminderMinutesBeforeStart { get; set; }
    public string? DisplayCc { get; set; }
    public string? DisplayTo { get; set; }
    public bool HasAttachments { get; set; }
    [XmlElement]
    public List<ExtendedProperty> ExtendedProperty { get; set; } = [];
    public string? Culture { get; set; }
    public EffectiveRights? EffectiveRights { get; set; }
    public string? LastModifiedName { get; set; }
    public DateTime LastModifiedTime { get; set; }
    public bool IsAssociated { get; set; }
    public Identity? ConversationId { get; set; }
    public string? UID { get; set; }
    public DateTime RecurrenceId { get; set; }
    public DateTime DateTimeStamp { get; set; }
    public DateTime Start { get; set; }
    public DateTime End { get; set; }
    public DateTime OriginalStart { get; set; }
    public bool IsAllDayEvent { get; set; }
    public string? LegacyFreeBusyStatus { get; set; }
    public string? Location { get; set; }
    public bool IsMeeting { get; set; }
    public bool IsCancelled { get; set; }
    public bool IsRecurring { get; set; }
    public bool MeetingRequestWasSent { get; set; }
    public bool IsResponseRequested { get; set; }
    public string? CalendarItemType { get; set; }
    public string? MyResponseType { get; set; }
    public Recipient? Organizer { get; set; }
    public List<Attendee> RequiredAttendees { get; set; } = [];
    public List<Attendee> OptionalAttendees { get; set; } = [];
    public List<Attendee> Resources { get; set; } = [];
    public string? Duration { get; set; }
    public string? TimeZone { get; set; }
    public DateTime AppointmentReplyTime { get; set; }
    public int AppointmentSequenceNumber { get; set; }
    public int AppointmentState { get; set; }
    public Recurrence? Recurrence { get; set; }
    public OccurrenceInfo? FirstOccurrence { get; set; }
    public OccurrenceInfo? LastOccurrence { get; set; }
    [XmlArrayItem("Occurrence")]
    public List<OccurrenceInfo> ModifiedOccurrences { get; set; } = [];
    [XmlArrayItem("DeletedOccurrence")]
    public List<DeletedOccurrence> DeletedOccurrences { get; set; } = [];
    public ZoneDefinition? StartTimeZone { get; set; }
    public ZoneDefinition? EndTimeZone { get; set; }
    public int ConferenceType { get; set; }
    public bool AllowNewTimeProposal { get; set; }
    public bool IsOnlineMeeting { get; set; }
    public EnhancedLocation? EnhancedLocation { get; set; }
    public DateTime StartWallClock { get; set; }
    public DateTime EndWallClock { get; set; }
    public string? StartTimeZoneId { get; set; }
    public string? EndTimeZoneId { get; set; }
    public string? IntendedFreeBusyStatus { get; set; }
    public bool IsOrganizer { get; set; }
}

public sealed class Identity
{
    [XmlAttribute]
    public string? Id { get; set; }

    [XmlAttribute]
    public string? ChangeKey { get; set; }
}

public sealed class BodyText
{
    [XmlAttribute]
    public string? BodyType { get; set; }

    [XmlAttribute]
    public bool IsTruncated { get; set; }

    [XmlText]
    public string? Text { get; set; }
}

[XmlType(Namespace = Of.Types)]
public sealed class ExtendedProperty
{
    public ExtendedFieldUri? ExtendedFieldURI { get; set; }

    public string? Value { get; set; }
}

public sealed class ExtendedFieldUri
{
    [XmlAttribute]
    public string? DistinguishedPropertySetId { get; set; }

    [XmlAttribute]
    public string? PropertySetId { get; set; }

    [XmlAttribute]
    public int PropertyId { get; set; }

    [XmlAttribute]
    public string? PropertyType { get; set; }
}

[XmlType(Namespace = Of.Types)]
public sealed class EffectiveRights
{
    public bool CreateAssociated { get; set; }
    public bool CreateContents { get; set; }
    public bool CreateHierarchy { get; set; }
    public bool Delete { get; set; }
    public bool Modify { get; set; }
    public bool Read { get; set; }
}

[XmlType(Namespace = Of.Types)]
public sealed class Recipient
{
    public Mailbox? Mailbox { get; set; }
}

[XmlType(Namespace = Of.Types)]
public sealed class Mailbox
{
    public string? Name { get; set; }
    public string? EmailAddress { get; set; }
    public string? RoutingType { get; set; }
    public string? MailboxType { get; set; }
}

[XmlType(Namespace = Of.Types)]
public sealed class Attendee
{
    public Mailbox? Mailbox { get; set; }
    public string? ResponseType { get; set; }
    public DateTime LastResponseTime { get; set; }
}

[XmlType(Namespace = Of.Types)]
public sealed class OccurrenceInfo
{
    public Identity? ItemId { get; set; }
    public DateTime Start { get; set; }
    public DateTime End { get; set; }
    public DateTime OriginalStart { get; set; }
}

[XmlType(Namespace = Of.Types)]
public sealed class DeletedOccurrence
{
    public DateTime Start { get; set; }
}

[XmlType(Namespace = Of.Types)]
public sealed class EnhancedLocation
{
    public string? DisplayName { get; set; }
    public PostalAddress? PostalAddress { get; set; }
}

[XmlType(Namespace = Of.Types)]
public sealed class PostalAddress
{
    public string? LocationSource { get; set; }
    public string? Type { get; set; }
}
