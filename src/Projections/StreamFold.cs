using HybridCalendar.Domain;
using JasperFx.Events;
using Marten.Events.Aggregation;

namespace HybridCalendar.Projections;

/// <summary>
/// Hands one kind of stream's events to a pure fold: a document a stream, gone when the fold says null.
/// </summary>
public sealed partial class StreamFold<TDocument, TEvent> : SingleStreamProjection<TDocument, Guid>
    where TDocument : class
    where TEvent : class
{
    private readonly Func<TDocument?, Guid, TEvent, TDocument?> fold;

    /// <param name="name">What operators call it; stored with its progress, so it never changes.</param>
    public StreamFold(string name, Func<TDocument?, Guid, TEvent, TDocument?> fold)
    {
        Name = name;
        this.fold = fold;
        foreach (var type in StoredNames.Events.Keys.Where(typeof(TEvent).IsAssignableFrom))
        {
            IncludeType(type);
        }
    }

    public override TDocument? Evolve(TDocument? snapshot, Guid id, IEvent e) =>
        fold(snapshot, id, (TEvent)e.Data);
}
