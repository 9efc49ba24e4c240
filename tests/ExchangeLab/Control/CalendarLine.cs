using HybridCalendar.ExchangeLab.Model;
using NodaTime;

namespace HybridCalendar.ExchangeLab.Control;

/// <summary>
/// One line of a calendar as its owner sees it: the truth that clients are measured against.
/// </summary>
internal sealed record CalendarLine
{
    public required string Uid { get; init; }

    public required Instant Start { get; init; }

    public required Instant End { get; init; }

    /// <summary>The start that the rule of the series gave; null for a single meeting.</summary>
    public required Instant? OriginalStart { get; init; }

    public required bool IsSeries { get; init; }

    public required bool AllDay { get; init; }

    public required string Subject { get; init; }

    public required string Location { get; init; }

    public required string Organizer { get; init; }

    public required IReadOnlyList<string> Required { get; init; }

    public required IReadOnlyList<string> Optional { get; init; }

    public required IReadOnlyList<string> Resources { get; init; }

    public required ShowAs ShowAs { get; init; }

    public required Sensitivity Sensitivity { get; init; }

    public required Response MyResponse { get; init; }

    public required bool Cancelled { get; init; }

    /// <summary>The first way to join that the texts hold, as their writer knows it.</summary>
    public required string? Join { get; init; }

    public static IReadOnlyList<CalendarLine> Of(Mailbox mailbox, Instant from, Instant to) =>
    [
        .. mailbox.In(Folder.Calendar)
            .Where(entry => !entry.IsMessage)
            .SelectMany(entry => Occurrences.Within(entry.Content, from, to)
                .Select(occurrence => Of(entry, occurrence)))
            .OrderBy(line => line.Start)
            .ThenBy(line => line.Uid, StringComparer.Ordinal),
    ];

    private static CalendarLine Of(CalendarEntry entry, Occurrence occurrence) => new()
    {
        Uid = entry.Uid,
        Start = occurrence.Start,
        End = occurrence.End,
        OriginalStart = occurrence.OriginalStart,
        IsSeries = occurrence.Date is not null,
        AllDay = entry.Content.AllDay,
        Subject = entry.SubjectOf(occurrence),
        Location = occurrence.Location,
        Organizer = entry.Content.Organizer,
        Required = entry.Content.Required,
        Optional = entry.Content.Optional,
        Resources = entry.Content.Rooms,
        ShowAs = entry.ShowAsOf(occurrence),
        Sensitivity = entry.Content.Sensitivity,
        MyResponse = entry.Response,
        Cancelled = entry.Content.Cancelled,
        Join = occurrence.Own is { Body: not null } own ? own.Join : entry.Content.Join,
    };
}
