using HybridCalendar.Domain;
using JasperFx.Events.Projections;
using Marten;

namespace HybridCalendar.Projections;

/// <summary>
/// A read model: which documents it shows, and how they are folded from one kind of stream's events, a
/// document a stream.
/// </summary>
/// <param name="Name">What operators call it; stored with its progress, so it never changes.</param>
/// <param name="Version">From 1 on. A new one whenever its documents get another shape, or its fold another
/// result: each version has a table and a progress of its own, so that both can be served.</param>
public abstract record ReadModel(string Name, uint Version)
{
    /// <summary>The name under which its progress is stored.</summary>
    public string Shard => ShardName.Compose(Name, ShardName.All, null, Version).Identity;

    public abstract Type Document { get; }

    /// <summary>The types of event that it is folded from.</summary>
    public abstract IReadOnlyList<Type> Events { get; }

    /// <summary>
    /// The document after an event; null when there is none. Reads only the document and the event.
    /// </summary>
    public abstract object? Fold(object? document, Guid stream, object happened);

    internal abstract void AddTo(StoreOptions store, ProjectionLifecycle lifecycle);
}

/// <inheritdoc />
public sealed record ReadModel<TDocument, TEvent>(
    string Name, uint Version, Func<TDocument?, Guid, TEvent, TDocument?> Evolve) : ReadModel(Name, Version)
    where TDocument : class
    where TEvent : class
{
    public override Type Document => typeof(TDocument);

    public override IReadOnlyList<Type> Events { get; } =
        [.. StoredNames.Events.Keys.Where(typeof(TEvent).IsAssignableFrom)];

    public override object? Fold(object? document, Guid stream, object happened) =>
        Evolve((TDocument?)document, stream, (TEvent)happened);

    internal override void AddTo(StoreOptions store, ProjectionLifecycle lifecycle) =>
        store.Projections.Add(new StreamFold<TDocument, TEvent>(this), lifecycle);
}
