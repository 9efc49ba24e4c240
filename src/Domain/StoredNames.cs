using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Domain.Organizations;

namespace HybridCalendar.Domain;

/// <summary>
/// The name under which each type of event is stored: written here only, never changed, never reused.
/// </summary>
public static class StoredNames
{
    /// <summary>
    /// Every type of event there is, in the order in which streams usually live through them.
    /// </summary>
    public static IReadOnlyDictionary<Type, string> Events { get; } = new Dictionary<Type, string>
    {
        [typeof(JoinTimesChanged)] = "join_times_changed",
        [typeof(MailboxEnabled)] = "mailbox_enabled",
        [typeof(MailboxLocated)] = "mailbox_located",
        [typeof(MailboxActivated)] = "mailbox_activated",
        [typeof(MailboxFailed)] = "mailbox_failed",
        [typeof(AutomaticRepliesChanged)] = "automatic_replies_changed",
        [typeof(MailboxJoinTimesChanged)] = "mailbox_join_times_changed",
        [typeof(StrippedTextsChanged)] = "stripped_texts_changed",
        [typeof(UnknownEntriesSeen)] = "unknown_entries_seen",
        [typeof(MailboxDisabled)] = "mailbox_disabled",
        [typeof(MeetingAppeared)] = "meeting_appeared",
        [typeof(MeetingRescheduled)] = "meeting_rescheduled",
        [typeof(MeetingRetitled)] = "meeting_retitled",
        [typeof(MeetingRelocated)] = "meeting_relocated",
        [typeof(MeetingParticipantsChanged)] = "meeting_participants_changed",
        [typeof(MeetingResponseChanged)] = "meeting_response_changed",
        [typeof(MeetingShownAsChanged)] = "meeting_shown_as_changed",
        [typeof(MeetingSensitivityChanged)] = "meeting_sensitivity_changed",
        [typeof(MeetingJoinTargetsChanged)] = "meeting_join_targets_changed",
        [typeof(OccurrenceChanged)] = "occurrence_changed",
        [typeof(OccurrenceDropped)] = "occurrence_dropped",
        [typeof(OccurrenceRestored)] = "occurrence_restored",
        [typeof(MeetingExpansionCorrected)] = "meeting_expansion_corrected",
        [typeof(MeetingExpansionConfirmed)] = "meeting_expansion_confirmed",
        [typeof(MeetingCancelled)] = "meeting_cancelled",
        [typeof(MeetingLeftCalendar)] = "meeting_left_calendar",
        [typeof(MeetingReturned)] = "meeting_returned",
    };
}
