using System.Text.Json;
using HybridCalendar.Projections;

namespace HybridCalendar.Simulation.Record;

/// <summary>A read model of the service, as what is stored of it: text.</summary>
internal sealed class View(ReadModel model)
{
    public static IReadOnlyList<View> All { get; } = [.. Catalog.ReadModels.Select(model => new View(model))];

    /// <summary>What operators call it.</summary>
    public string Name => model.Name;

    /// <summary>All documents of all read models as lines, folded from the first event on.</summary>
    public static IReadOnlyList<string> Rebuild(IEnumerable<StoredEvent> events)
    {
        var streams = events.GroupBy(e => e.Stream).ToList();
        return
        [
            .. All.SelectMany(view => streams
                .Where(stream => view.Concerns(stream.First().Data))
                .Select(stream => view.Line(
                    stream.Key, view.Fold(null, stream.Key, stream.Select(e => e.Data)))))
                .OfType<string>()
                .Order(StringComparer.Ordinal),
        ];
    }

    public bool Concerns(object e) => model.Events.Contains(e.GetType());

    /// <summary>The document of a stream after some more of its events; null for none.</summary>
    public string? Fold(string? document, Guid stream, IEnumerable<object> events)
    {
        var known = document is null
            ? null
            : JsonSerializer.Deserialize(document, model.Document, EventJson.Options);
        var next = events.Aggregate(known, (before, e) => model.Fold(before, stream, e));
        return next is null ? null : JsonSerializer.Serialize(next, model.Document, EventJson.Options);
    }

    /// <summary>A document as a line of text.</summary>
    public string? Line(Guid stream, string? document) =>
        document is null ? null : $"{Name} {stream} {document}";
}
