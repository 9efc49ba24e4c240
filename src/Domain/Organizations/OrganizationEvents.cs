using HybridCalendar.Domain.Meetings;
using NodaTime;

namespace HybridCalendar.Domain.Organizations;

/// <summary>One thing that happened to the organization's settings that change what people see.</summary>
/// <remarks>
/// Stored for ever. A member may be added with a default; none is renamed, retyped or removed.
/// </remarks>
public abstract record OrganizationEvent
{
    private protected OrganizationEvent() { }

    /// <summary>When the service learned it.</summary>
    public required Instant At { get; init; }
}

/// <summary>The organization says when Join buttons are up, for the first time or anew.</summary>
/// <param name="People">For people's mailboxes that have nothing of their own.</param>
/// <param name="Rooms">The same for rooms.</param>
public sealed record JoinTimesChanged(JoinTimes People, JoinTimes Rooms) : OrganizationEvent;
