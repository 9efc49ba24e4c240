using HybridCalendar.ExchangeLab.Model;
using NodaTime;
using NodaTime.Text;

namespace HybridCalendar.ExchangeLab.Control;

/// <summary>The part of the control API that looks into mailboxes and acts as their owners.</summary>
internal static class MailboxEndpoints
{
    public static void MapMailboxes(this RouteGroupBuilder lab)
    {
        lab.MapGet("/mailboxes", List);
        lab.MapGet("/mailboxes/{address}/calendar", Calendar);
        lab.MapGet("/mailboxes/{address}/automatic-replies", (string address, Organization organization) =>
            organization.GetMailbox(address).AutomaticReplies);
        lab.MapPut("/mailboxes/{address}/automatic-replies", SetReplies);
        lab.MapGet("/mailboxes/{address}/processing", (string address, Organization organization) =>
            organization.GetMailbox(address).Processing);
        lab.MapPut("/mailboxes/{address}/processing", SetProcessing);
        lab.MapPost("/mailboxes/{address}/delete",
            (string address, UidWish wish, Organization organization) =>
                organization.Delete(wish.Uid, address));
        lab.MapPost("/mailboxes/{address}/restore",
            (string address, UidWish wish, Organization organization) =>
                organization.Restore(wish.Uid, address));
        lab.MapPost("/mailboxes/{address}/copy",
            (string address, UidWish wish, Organization organization) =>
                organization.Copy(wish.Uid, address));
    }

    private static IEnumerable<object> List(Organization organization) =>
        organization.Mailboxes.Select(mailbox => new
        {
            mailbox.Address,
            mailbox.Name,
            mailbox.Kind,
            mailbox.TimeZone,
        });

    private static IReadOnlyList<CalendarLine> Calendar(
        string address, string from, string to, Organization organization)
    {
        var (start, end) = (ReadTime(from, "from"), ReadTime(to, "to"));
        lock (organization.Gate)
        {
            return CalendarLine.Of(organization.GetMailbox(address), start, end);
        }
    }

    private static AutomaticReplies SetReplies(
        string address, RepliesWish wish, Organization organization)
    {
        lock (organization.Gate)
        {
            var old = organization.GetMailbox(address).AutomaticReplies;
            var replies = new AutomaticReplies(wish.State, wish.Start ?? old.Start, wish.End ?? old.End);
            organization.SetAutomaticReplies(address, replies);
            return replies;
        }
    }

    private static RoomProcessing SetProcessing(
        string address, RoomProcessing processing, Organization organization)
    {
        lock (organization.Gate)
        {
            var mailbox = organization.GetMailbox(address);
            if (mailbox.Kind != MailboxKind.Room || !processing.IsPossible)
            {
                throw new LabRefusal(
                    "Only a room answers by itself: with accept, decline, tentative or noResponseReceived.");
            }

            return mailbox.Processing = processing;
        }
    }

    private static Instant ReadTime(string text, string name)
    {
        var time = OffsetDateTimePattern.ExtendedIso.Parse(text);
        if (time.Success)
        {
            return time.Value.ToInstant();
        }

        var date = LocalDatePattern.Iso.Parse(text);
        return date.Success ? date.Value.AtMidnight().InUtc().ToInstant() : throw new LabRefusal(
            $"The parameter {name} is \"{text}\", which is not a time: "
            + "give one such as 2026-11-23T08:00:00Z.");
    }
}
