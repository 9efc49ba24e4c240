using HybridCalendar.ExchangeLab.Ews;
using HybridCalendar.ExchangeLab.Model;

namespace HybridCalendar.ExchangeLab.Control;

/// <summary>
/// The part of the control API about what clients write, and what they may learn of free and busy times.
/// </summary>
internal static class WriteEndpoints
{
    public static void MapWrites(this RouteGroupBuilder lab)
    {
        lab.MapGet("/mails", Mails);
        lab.MapGet("/mailboxes/{address}/free-busy-access", (string address, Organization organization) =>
            new AccessWish(organization.GetMailbox(address).FreeBusyAccess));
        lab.MapPut("/mailboxes/{address}/free-busy-access", SetAccess);
        lab.MapPut("/availability", (AvailabilityWish wish, AvailabilitySettings settings) =>
            new AvailabilityWish(settings.Days = wish.Days));
    }

    /// <summary>The mails that writes over EWS made; those from or to one mailbox when it is named.</summary>
    private static IReadOnlyList<Mail> Mails(string? mailbox, Organization organization)
    {
        lock (organization.Gate)
        {
            return [.. organization.Mails.Where(mail => mailbox is null
                || mail.To.Append(mail.From).Contains(mailbox, StringComparer.OrdinalIgnoreCase))];
        }
    }

    private static AccessWish SetAccess(string address, AccessWish wish, Organization organization)
    {
        lock (organization.Gate)
        {
            organization.GetMailbox(address).FreeBusyAccess = wish.Access;
            return wish;
        }
    }
}

/// <summary>What a mailbox shows of its owner's time.</summary>
internal sealed record AccessWish(FreeBusyAccess Access);

/// <summary>The longest window of free and busy times.</summary>
internal sealed record AvailabilityWish(int Days);
