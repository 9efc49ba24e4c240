using HybridCalendar.ExchangeLab.Streaming;

namespace HybridCalendar.ExchangeLab.Control;

/// <summary>The part of the control API that lets back ends fail.</summary>
internal static class BackEndEndpoints
{
    public static void MapBackEnds(this RouteGroupBuilder lab)
    {
        lab.MapPost("/back-ends/{backEnd:int}/fail-over", (int backEnd, Subscriptions subscriptions) =>
            subscriptions.Forget(BackEnds.Check(backEnd)));
        lab.MapPost("/back-ends/{backEnd:int}/die",
            (int backEnd, BackEnds backEnds, Subscriptions subscriptions) =>
            {
                backEnds.Die(BackEnds.Check(backEnd));
                subscriptions.Forget(backEnd);
            });
        lab.MapPost("/back-ends/{backEnd:int}/revive", (int backEnd, BackEnds backEnds) =>
            backEnds.Revive(BackEnds.Check(backEnd)));
    }
}
