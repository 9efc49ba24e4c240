using HybridCalendar.Domain.Organizations;

namespace HybridCalendar.Projections;

/// <summary>The organization's settings that change what people see: one document.</summary>
public sealed record OrganizationSettings
{
    /// <summary>The organization's stream.</summary>
    public required Guid Id { get; init; }

    public required Organization Organization { get; init; }

    /// <summary>
    /// Reads only the document and the event: no clock, no query, so a rebuild gives the same.
    /// </summary>
    public static OrganizationSettings Fold(
        OrganizationSettings? settings, Guid id, OrganizationEvent happened) =>
        new() { Id = id, Organization = Organization.Evolve(settings?.Organization, happened) };
}
