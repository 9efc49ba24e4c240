using HybridCalendar.ExchangeLab.Model;
using HybridCalendar.ExchangeLab.Streaming;

namespace HybridCalendar.ExchangeLab.Control;

/// <summary>The part of the control API that moves mailboxes to other databases and sites.</summary>
internal static class MoveEndpoints
{
    public static void MapMoves(this RouteGroupBuilder lab)
    {
        lab.MapGet("/mailboxes/{address}/site", (string address, Organization organization) =>
            organization.GetMailbox(address).Site);
        lab.MapPost("/mailboxes/{address}/move/start", Start);
        lab.MapPost("/mailboxes/{address}/move/finish", Finish);
    }

    /// <summary>From now on the mailbox cannot be opened, and who listens to it is told so.</summary>
    private static void Start(string address, Organization organization, Subscriptions subscriptions)
    {
        var mailbox = organization.GetMailbox(address);
        mailbox.IsMoving = true;
        subscriptions.Fail(StreamFailures.Of(StreamFailures.Invalid), mailbox);
    }

    /// <summary>The mailbox is open again, where it is now; its items and sync states are the same.</summary>
    private static MailboxSite Finish(string address, MoveWish wish, Organization organization)
    {
        var mailbox = organization.GetMailbox(address);
        var old = mailbox.Site;
        mailbox.Site = new MailboxSite(
            wish.GroupingInformation ?? old.GroupingInformation,
            wish.EwsUrl ?? old.EwsUrl,
            wish.BackEnd is { } backEnd ? BackEnds.Check(backEnd) : old.BackEnd);
        mailbox.IsMoving = false;
        return mailbox.Site;
    }
}
