using HybridCalendar.Domain;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Domain.Organizations;
using HybridCalendar.Projections;
using Marten;
using Microsoft.AspNetCore.Mvc;
using Wolverine.Http;

namespace HybridCalendar.Host.Read;

/// <summary>Whose meetings a reader asks for, and how they are to be shown.</summary>
/// <param name="Address">The mailbox's own.</param>
public sealed record Viewer(Audience Audience, Sealed Address)
{
    private const string Shown = "shown";
    private const string Hidden = "hidden";

    /// <summary>Finds it out, or what is wrong.</summary>
    /// <param name="tentative">What to do with tentative meetings; null shows them.</param>
    public static async Task<(Viewer? Viewer, ProblemDetails Problem)> Load(
        Guid mailbox, string? tentative, IQuerySession session, CancellationToken cancellation)
    {
        if (tentative is not (null or Shown or Hidden))
        {
            return (null, Problems.Bad($"'tentative' must be '{Shown}' or '{Hidden}'."));
        }

        if (await session.LoadAsync<ListedMailbox>(mailbox, cancellation)
            is not { Mailbox: { Status: not MailboxStatus.Disabled } listed })
        {
            return (null, Problems.NoMailbox());
        }

        var settings = await session.LoadAsync<OrganizationSettings>(Organization.Stream, cancellation);
        var organization = settings?.Organization ?? Organization.Default;
        var times = organization.JoinTimesOf(listed.Kind, listed.JoinTimes);
        var audience = new Audience(listed.Kind, times, HidesTentative: tentative is Hidden);
        return (new Viewer(audience, listed.Address), WolverineContinue.NoProblems);
    }

    /// <summary>The mailbox's own name, as it stands among those who are invited; null when it does not.
    /// </summary>
    public Sealed? NameIn(IEnumerable<Participant> participants) => participants
        .FirstOrDefault(participant => participant.Person.Address.Equals(Address))?.Person.Name;
}
