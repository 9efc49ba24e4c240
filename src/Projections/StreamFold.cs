using JasperFx.Events;
using Marten.Events.Aggregation;

namespace HybridCalendar.Projections;

/// <summary>Lets Marten's daemon fold a read model.</summary>
public sealed partial class StreamFold<TDocument, TEvent> : SingleStreamProjection<TDocument, Guid>
    where TDocument : class
    where TEvent : class
{
    private readonly ReadModel<TDocument, TEvent> model;

    public StreamFold(ReadModel<TDocument, TEvent> model)
    {
        this.model = model;
        Name = model.Name;
        Version = model.Version;
        foreach (var type in model.Events)
        {
            IncludeType(type);
        }
    }

    public override TDocument? Evolve(TDocument? snapshot, Guid id, IEvent e) =>
        model.Evolve(snapshot, id, (TEvent)e.Data);
}
