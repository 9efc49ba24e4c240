using HybridCalendar.ExchangeLab.Model;
using NodaTime;

namespace HybridCalendar.ExchangeLab.Control;

/// <content>Changes to single copies, occurrences and automatic replies, and calling meetings off.</content>
internal sealed partial class RandomChange
{
    private string? Cancel()
    {
        if (PickMeeting(content => content.IsMeeting) is not { } meeting)
        {
            return null;
        }

        _organization.Cancel(meeting.Uid);
        return $"{meeting.Content.Organizer} cancelled \"{meeting.Content.Subject}\".";
    }

    private string? Delete()
    {
        if (PickCopy(Folder.Calendar, _ => true) is not { } copy)
        {
            return null;
        }

        _organization.Delete(copy.Uid, copy.Mailbox.Address);
        return $"{copy.Mailbox.Address} deleted \"{copy.Content.Subject}\".";
    }

    private string? Restore()
    {
        if (PickCopy(Folder.DeletedItems, entry => !entry.Content.Cancelled) is not { } copy)
        {
            return null;
        }

        _organization.Restore(copy.Uid, copy.Mailbox.Address);
        return $"{copy.Mailbox.Address} restored \"{copy.Content.Subject}\".";
    }

    private string? Respond()
    {
        if (PickCopy(Folder.Calendar, IsOpenInvitation) is not { } copy)
        {
            return null;
        }

        var response = _dice.Pick([Response.Accept, Response.Accept, Response.Tentative, Response.Decline]);
        if (response == copy.Response)
        {
            return null;
        }

        _organization.Respond(copy.Uid, copy.Mailbox.Address, response);
        return $"{copy.Mailbox.Address} answered \"{copy.Content.Subject}\" with {response}.";
    }

    private (Meeting Meeting, Occurrence Occurrence)? PickOccurrence()
    {
        if (PickMeeting(content => content.Recurrence is not null) is not { } meeting)
        {
            return null;
        }

        return (meeting, _dice.Pick(Occurrences.Within(meeting.Content, _from, _to).ToList()));
    }

    private string? ModifyOccurrence()
    {
        if (PickOccurrence() is not var (meeting, occurrence))
        {
            return null;
        }

        var regular = occurrence.OriginalStart!.Value;
        var later = regular + Duration.FromMinutes(_dice.Pick([0, 15, 30, 45]));
        var zone = meeting.Content.Zone;
        var isSameDay = later.InZone(zone).Date == regular.InZone(zone).Date && !meeting.Content.AllDay;
        var start = isSameDay ? later : regular;
        var end = start + (occurrence.End - occurrence.Start);
        var subject = start == regular || _dice.Chance(0.4) ? meeting.Content.Subject + " (once)" : null;
        _organization.ChangeOccurrence(meeting.Uid, regular, new OccurrenceWish(start, end, subject, null));
        return $"{meeting.Content.Organizer} changed the occurrence of \"{meeting.Content.Subject}\" "
            + $"at {occurrence.OriginalStart}.";
    }

    private string? DropOccurrence()
    {
        if (PickOccurrence() is not var (meeting, occurrence))
        {
            return null;
        }

        _organization.DropOccurrence(meeting.Uid, occurrence.OriginalStart!.Value);
        return $"{meeting.Content.Organizer} dropped the occurrence of \"{meeting.Content.Subject}\" "
            + $"at {occurrence.OriginalStart}.";
    }

    private string? SetReplies()
    {
        var address = _dice.Pick(Users());
        var state = _dice.Pick([
            AutomaticRepliesState.Disabled, AutomaticRepliesState.Enabled, AutomaticRepliesState.Scheduled,
            AutomaticRepliesState.Scheduled,
        ]);
        if (state != AutomaticRepliesState.Scheduled
            && state == _organization.GetMailbox(address).AutomaticReplies.State)
        {
            return null;
        }

        var start = _organization.Today.PlusDays(_dice.Below(DaysAfter) - 2).At(new LocalTime(7, 0)).InUtc();
        var replies = new AutomaticReplies(
            state, start.ToInstant(), start.ToInstant() + Duration.FromHours(8 + _dice.Below(200)));
        _organization.SetAutomaticReplies(address, replies);
        return $"{address} set automatic replies to {state}.";
    }

    /// <summary>Rooms answer by themselves; a cancelled meeting needs no answer.</summary>
    private static bool IsOpenInvitation(CalendarEntry entry) =>
        !entry.IsOrganizer && !entry.Content.Cancelled && entry.Mailbox.Kind == MailboxKind.User;
}
