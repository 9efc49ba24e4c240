using HybridCalendar.ExchangeLab.Model;
using NodaTime;
using NodaTime.Text;

namespace HybridCalendar.ExchangeLab.Control;

/// <summary>The part of the control API that acts on meetings, as organizer or attendee.</summary>
internal static class MeetingEndpoints
{
    public static void MapMeetings(this RouteGroupBuilder lab)
    {
        lab.MapPost("/meetings", (MeetingWish wish, Organization organization) =>
            new
            {
                uid = wish.Hidden
                    ? organization.BookHidden(wish.Read(organization))
                    : organization.Book(wish.Read(organization)),
            });
        lab.MapPost("/meetings/{uid}/reveal", (string uid, Organization organization) =>
            organization.Reveal(uid));
        lab.MapPut("/meetings/{uid}/approximation",
            (string uid, ApproximationWish wish, Organization organization) =>
                organization.Approximate(uid, wish.Days));
        lab.MapPatch("/meetings/{uid}", (string uid, MeetingPatch patch, Organization organization) =>
            organization.Change(uid, patch.Apply));
        lab.MapPost("/meetings/{uid}/cancel", (string uid, Organization organization) =>
            organization.Cancel(uid));
        lab.MapPost("/meetings/{uid}/respond", (string uid, ResponseWish wish, Organization organization) =>
            organization.Respond(uid, wish.Mailbox, wish.Response, wish.Replaces, wish.Keeps));
        lab.MapPost("/meetings/{uid}/occurrences/{originalStart}",
            (string uid, string originalStart, OccurrenceWish wish, Organization organization) =>
                organization.ChangeOccurrence(uid, ReadStart(originalStart), wish));
        lab.MapDelete("/meetings/{uid}/occurrences/{originalStart}",
            (string uid, string originalStart, Organization organization) =>
                organization.DropOccurrence(uid, ReadStart(originalStart)));
    }

    private static Instant ReadStart(string text)
    {
        var time = OffsetDateTimePattern.ExtendedIso.Parse(text);
        return time.Success ? time.Value.ToInstant() : throw new LabRefusal(
            $"The original start \"{text}\" is not a time: give one such as 2026-11-23T08:00:00Z.");
    }
}
