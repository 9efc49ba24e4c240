using HybridCalendar.Domain;
using JasperFx.Events.Projections;
using Marten;

namespace HybridCalendar.Projections;

/// <summary>A read model: what operators call it, and how its documents are folded, one a stream.</summary>
/// <param name="Name">Stored with its progress, so it never changes.</param>
/// <param name="Document">The type of its documents.</param>
/// <param name="Events">The types of events that it is folded from.</param>
public abstract record ReadModel(string Name, Type Document, IReadOnlyList<Type> Events)
{
    /// <summary>The document of a stream after one more of its events; null when it has none.</summary>
    public abstract object? Fold(object? document, Guid stream, object happened);

    /// <summary>Has Marten keep its documents.</summary>
    internal abstract void AddTo(StoreOptions store, ProjectionLifecycle lifecycle);
}

/// <inheritdoc/>
internal sealed record ReadModel<TDocument, TEvent>(
    string Name, Func<TDocument?, Guid, TEvent, TDocument?> StreamFold)
    : ReadModel(
        Name, typeof(TDocument), [.. StoredNames.Events.Keys.Where(typeof(TEvent).IsAssignableFrom)])
    where TDocument : class
    where TEvent : class
{
    public override object? Fold(object? document, Guid stream, object happened) =>
        StreamFold((TDocument?)document, stream, (TEvent)happened);

    internal override void AddTo(StoreOptions store, ProjectionLifecycle lifecycle) =>
        store.Projections.Add(new StreamFold<TDocument, TEvent>(Name, StreamFold), lifecycle);
}
