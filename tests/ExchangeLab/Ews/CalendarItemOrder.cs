using System.Xml.Linq;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>The order in which the schema has the children of a calendar item.</summary>
internal static class CalendarItemOrder
{
    private const string Names = """
        MimeContent ItemId ParentFolderId ItemClass Subject Sensitivity Body Attachments DateTimeReceived
        Size Categories Importance InReplyTo IsSubmitted IsDraft IsFromMe IsResend IsUnmodified
        InternetMessageHeaders DateTimeSent DateTimeCreated ResponseObjects ReminderDueBy ReminderIsSet
        ReminderNextTime ReminderMinutesBeforeStart DisplayCc DisplayTo HasAttachments ExtendedProperty
        Culture EffectiveRights LastModifiedName LastModifiedTime IsAssociated WebClientReadFormQueryString
        WebClientEditFormQueryString ConversationId UniqueBody Flag StoreEntryId InstanceKey NormalizedBody
        EntityExtractionResult PolicyTag ArchiveTag RetentionDate Preview RightsManagementLicenseData
        PredictedActionReasons IsClutter NextPredictedAction GroupingAction BlockStatus HasBlockedImages
        TextBody IconIndex MimeContentUTF8 SearchKey SortKey Hashtags Mentions MentionedMe
        PendingSocialActivityTagIds UID RecurrenceId DateTimeStamp Start End OriginalStart IsAllDayEvent
        LegacyFreeBusyStatus Location When IsMeeting IsCancelled IsRecurring MeetingRequestWasSent
        IsResponseRequested CalendarItemType MyResponseType Organizer RequiredAttendees OptionalAttendees
        Resources ConflictingMeetingCount AdjacentMeetingCount ConflictingMeetings AdjacentMeetings Duration
        TimeZone AppointmentReplyTime AppointmentSequenceNumber AppointmentState Recurrence FirstOccurrence
        LastOccurrence ModifiedOccurrences DeletedOccurrences MeetingTimeZone StartTimeZone EndTimeZone
        ConferenceType AllowNewTimeProposal IsOnlineMeeting MeetingWorkspaceUrl NetShowUrl EnhancedLocation
        StartWallClock EndWallClock StartTimeZoneId EndTimeZoneId IntendedFreeBusyStatus
        JoinOnlineMeetingUrl OnlineMeetingSettings IsOrganizer InboxReminders
        """;

    private static readonly Dictionary<string, int> Places =
        Names.Split([' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .Select((name, place) => (name, place))
            .ToDictionary(pair => pair.name, pair => pair.place, StringComparer.Ordinal);

    /// <summary>Refuses what the schema does not have, has at another place, or has once only.</summary>
    public static void Check(XElement item)
    {
        var last = -1;
        foreach (var name in item.Elements().Select(child => child.Name.LocalName))
        {
            if (!Places.TryGetValue(name, out var place) || place < last
                || (place == last && name != "ExtendedProperty"))
            {
                throw EwsFault.SchemaViolation(
                    $"The element '{item.Name.LocalName}' has invalid child element '{name}'.");
            }

            last = place;
        }
    }
}
