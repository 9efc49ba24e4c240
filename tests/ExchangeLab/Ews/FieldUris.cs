namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>The paths of properties that the schema knows (UnindexedFieldURIType).</summary>
internal static class FieldUris
{
    private const string Item = """
        ItemId ParentFolderId ItemClass MimeContent Attachments Subject DateTimeReceived Size
        Categories HasAttachments Importance InReplyTo InternetMessageHeaders IsAssociated IsDraft
        IsFromMe IsResend IsSubmitted IsUnmodified DateTimeSent DateTimeCreated Body ResponseObjects
        Sensitivity ReminderDueBy ReminderIsSet ReminderNextTime ReminderMinutesBeforeStart
        DisplayTo DisplayCc Culture EffectiveRights LastModifiedName LastModifiedTime ConversationId
        UniqueBody Flag StoreEntryId InstanceKey NormalizedBody EntityExtractionResult PolicyTag
        ArchiveTag RetentionDate Preview NextPredictedAction GroupingAction PredictedActionReason
        IsClutter RightsManagementLicenseData BlockStatus HasBlockedImages
        WebClientReadFormQueryString WebClientEditFormQueryString TextBody IconIndex Hashtags
        Mentions MentionedMe PendingSocialActivityTagIds
        """;

    private const string Message = """
        ConversationIndex ConversationTopic InternetMessageId IsRead IsResponseRequested
        IsReadReceiptRequested IsDeliveryReceiptRequested ReceivedBy ReceivedRepresenting References
        ReplyTo From Sender ToRecipients CcRecipients BccRecipients ApprovalRequestData
        VotingInformation ReminderMessageData
        """;

    private const string Calendar = """
        Start End OriginalStart StartWallClock EndWallClock StartTimeZoneId EndTimeZoneId
        IsAllDayEvent LegacyFreeBusyStatus Location EnhancedLocation When IsMeeting IsCancelled
        IsRecurring MeetingRequestWasSent IsResponseRequested CalendarItemType MyResponseType
        Organizer RequiredAttendees OptionalAttendees Resources ConflictingMeetingCount
        AdjacentMeetingCount ConflictingMeetings AdjacentMeetings InboxReminders Duration TimeZone
        AppointmentReplyTime AppointmentSequenceNumber AppointmentState Recurrence FirstOccurrence
        LastOccurrence ModifiedOccurrences DeletedOccurrences MeetingTimeZone ConferenceType
        AllowNewTimeProposal IsOnlineMeeting MeetingWorkspaceUrl NetShowUrl UID RecurrenceId
        DateTimeStamp StartTimeZone EndTimeZone JoinOnlineMeetingUrl OnlineMeetingSettings
        IsOrganizer
        """;

    /// <summary>Kinds of objects whose properties are paths too, but not of items in a calendar.</summary>
    private static readonly string[] OtherKinds =
    [
        "abchperson:", "booking:", "contacts:", "conversation:", "distributionlist:", "folder:",
        "insight:", "meeting:", "meetingRequest:", "network:", "person:", "persona:", "postitem:",
        "rolemember:", "task:",
    ];

    private static readonly HashSet<string> Known =
    [
        .. Paths("item:", Item), .. Paths("message:", Message), .. Paths("calendar:", Calendar),
    ];

    /// <summary>Refuses what the schema does not have, and what no item of a calendar has.</summary>
    public static void Check(string field)
    {
        if (Known.Contains(field))
        {
            return;
        }

        throw OtherKinds.Any(kind => field.StartsWith(kind, StringComparison.Ordinal))
            ? new EwsFault("ErrorInvalidPropertyRequest", "The property is not one of items: " + field)
            : EwsFault.SchemaViolation($"The 'FieldURI' attribute is invalid: '{field}'.");
    }

    private static IEnumerable<string> Paths(string kind, string names) =>
        names.Split([' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(name => kind + name);
}
