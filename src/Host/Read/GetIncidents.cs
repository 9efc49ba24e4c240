using HybridCalendar.Projections;
using Marten;
using NodaTime;
using Wolverine.Http;

namespace HybridCalendar.Host.Read;

/// <summary>Something that Exchange shows otherwise than it was recorded.</summary>
/// <param name="Meeting">The meeting; null when it is about entries of no recorded meeting.</param>
/// <param name="From">The window in which it was seen last.</param>
/// <param name="To">Exclusive.</param>
/// <param name="Missing">Occurrences that were recorded and are not shown.</param>
/// <param name="Surplus">Those that are shown and were not recorded.</param>
/// <param name="Since">When it was seen first.</param>
/// <param name="Until">When it was over; null while it is not.</param>
/// <param name="Text">What differs, in words.</param>
public sealed record IncidentView(
    Guid Mailbox,
    Guid? Meeting,
    Instant From,
    Instant To,
    int Missing,
    int Surplus,
    Instant Since,
    Instant? Until,
    string Text);

/// <summary>HTTP: where Exchange's own expansion of calendars is not what was recorded.</summary>
public static class GetIncidents
{
    /// <summary>Meetings and mailboxes whose incidents are told at once.</summary>
    private const int Most = 1000;

    /// <summary>The incidents, of one mailbox or of all; those that are not over first, then the newest.
    /// </summary>
    [WolverineGet("/v1/incidents")]
    public static async Task<IReadOnlyList<IncidentView>> Get(
        Guid? mailbox, IQuerySession session, CancellationToken cancellation)
    {
        IQueryable<Incidents> wanted = session.Query<Incidents>();
        if (mailbox is { } one)
        {
            wanted = wanted.Where(incidents => incidents.Mailbox == one);
        }

        var found = await wanted
            .OrderByDescending(incidents => incidents.IsOpen)
            .Take(Most)
            .ToListAsync(cancellation);
        return
        [
            .. found.SelectMany(incidents => incidents.All.Select(incident => View(incidents, incident)))
                .OrderBy(view => view.Until is not null)
                .ThenByDescending(view => view.Since)
                .ThenBy(view => view.Meeting),
        ];
    }

    private static IncidentView View(Incidents incidents, Incident incident)
    {
        Guid? meeting = incidents.Id == incidents.Mailbox ? null : incidents.Id;
        var text = meeting is null
            ? $"Exchange shows {incident.Surplus} entries of meetings that are not recorded."
            : $"Of the recorded occurrences Exchange does not show {incident.Missing}, and it shows "
                + $"{incident.Surplus} others; what it shows is told to readers.";
        return new IncidentView(
            incidents.Mailbox,
            meeting,
            incident.From,
            incident.To,
            incident.Missing,
            incident.Surplus,
            incident.Since,
            incident.Until,
            text);
    }
}
