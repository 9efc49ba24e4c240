using System.Text.Json;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Projections;

namespace HybridCalendar.Simulation.Record;

/// <summary>A projection: how one stream's document follows from its events, in bytes.</summary>
/// <param name="Name">What operators call it.</param>
/// <param name="Event">Of which events.</param>
/// <param name="Fold">The document after some more events; null for none.</param>
internal sealed record View(
    string Name, Type Event, Func<string?, Guid, IEnumerable<object>, string?> Fold)
{
    public static IReadOnlyList<View> All { get; } =
    [
        Of<ListedMeeting, MeetingEvent>("meeting_list", ListedMeeting.Fold),
        Of<ScheduledJoin, MeetingEvent>("join_schedule", ScheduledJoin.Fold),
        Of<Presence, MailboxEvent>("presence", Presence.Fold),
        Of<ListedMailbox, MailboxEvent>("mailbox_list", ListedMailbox.Fold),
        Of<Incidents, object>("incidents", Incidents.Fold),
    ];

    /// <summary>All documents of all projections as lines, folded from the first event on.</summary>
    public static IReadOnlyList<string> Rebuild(IEnumerable<StoredEvent> events)
    {
        var streams = events.GroupBy(e => e.Stream).ToList();
        return
        [
            .. All.SelectMany(view => streams
                .Where(stream => view.Event.IsInstanceOfType(stream.First().Data))
                .Select(stream => Line(
                    view, stream.Key, view.Fold(null, stream.Key, stream.Select(e => e.Data)))))
                .OfType<string>()
                .Order(StringComparer.Ordinal),
        ];
    }

    public static string? Line(View view, Guid id, string? document) =>
        document is null ? null : $"{view.Name} {id} {document}";

    private static View Of<TDocument, TEvent>(string name, Func<TDocument?, Guid, TEvent, TDocument?> fold)
        where TDocument : class => new(
        name,
        typeof(TEvent),
        (document, id, events) =>
        {
            var known = document is null
                ? null
                : JsonSerializer.Deserialize<TDocument>(document, EventJson.Options);
            var next = events.Cast<TEvent>().Aggregate(known, (before, e) => fold(before, id, e));
            return next is null ? null : JsonSerializer.Serialize(next, EventJson.Options);
        });
}
