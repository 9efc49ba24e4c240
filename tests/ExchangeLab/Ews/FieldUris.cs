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

    private const string ItemSince2010 = """
        IsAssociated WebClientReadFormQueryString WebClientEditFormQueryString ConversationId UniqueBody
        """;

    private const string CalendarSince2010 = "StartTimeZone EndTimeZone";

    private const string ItemSince2013 = """
        Flag StoreEntryId InstanceKey NormalizedBody EntityExtractionResult PolicyTag ArchiveTag
        RetentionDate Preview NextPredictedAction GroupingAction PredictedActionReason IsClutter
        RightsManagementLicenseData BlockStatus HasBlockedImages TextBody IconIndex
        """;

    private const string CalendarSince2013 = """
        EnhancedLocation StartWallClock EndWallClock StartTimeZoneId EndTimeZoneId
        JoinOnlineMeetingUrl OnlineMeetingSettings IsOrganizer
        """;

    private const string ItemSince2016 = "Hashtags Mentions MentionedMe PendingSocialActivityTagIds";
    private const string CalendarSince2016 = "InboxReminders";

    /// <summary>The rank of the version that knows a path first.</summary>
    private static readonly Dictionary<string, int> Known = Ranked(
        (ServerVersion.Oldest, [.. Paths("item:", Item), .. Paths("message:", Message),
            .. Paths("calendar:", Calendar)]),
        (ServerVersion.Exchange2010, [.. Paths("item:", ItemSince2010),
            .. Paths("calendar:", CalendarSince2010)]),
        (ServerVersion.Exchange2013, [.. Paths("item:", ItemSince2013),
            .. Paths("calendar:", CalendarSince2013)]),
        (ServerVersion.Exchange2016, [.. Paths("item:", ItemSince2016),
            .. Paths("calendar:", CalendarSince2016)]));

    public static int Since(string field) => Known.GetValueOrDefault(field);

    /// <summary>
    /// Refuses what the schema does not have, what no item of a calendar has, and what is newer than the
    /// version.
    /// </summary>
    public static void Check(string field, int version)
    {
        if (Known.TryGetValue(field, out var since))
        {
            if (since > version)
            {
                throw new EwsFault("ErrorInvalidPropertyRequest",
                    "The property is not supported for the server version that the request names: " + field);
            }

            return;
        }

        throw OtherKinds.Any(kind => field.StartsWith(kind, StringComparison.Ordinal))
            ? new EwsFault("ErrorInvalidPropertyRequest", "The property is not one of items: " + field)
            : EwsFault.SchemaViolation($"The 'FieldURI' attribute is invalid: '{field}'.");
    }

    private static Dictionary<string, int> Ranked(params (int Since, List<string> Fields)[] groups)
    {
        var ranks = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (since, fields) in groups)
        {
            fields.ForEach(field => ranks[field] = since);
        }

        return ranks;
    }

    private static IEnumerable<string> Paths(string kind, string names) =>
        names.Split([' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(name => kind + name);
}
