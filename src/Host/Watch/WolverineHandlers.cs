using Wolverine;

namespace HybridCalendar.Host.Watch;

/// <summary>Wolverine's way to the handlers: it commits, and handles again what met somebody else.</summary>
public sealed class WolverineHandlers(IServiceScopeFactory scopes) : IHandlers
{
    public Task<LookOutcome> Handle(LookAtCalendar look, CancellationToken cancellation) =>
        Ask(look, cancellation);

    public Task<LookOutcome> Handle(ReconcileCalendar reconcile, CancellationToken cancellation) =>
        Ask(reconcile, cancellation);

    public Task<LookOutcome> Handle(SeeAutomaticReplies see, CancellationToken cancellation) =>
        Ask(see, cancellation);

    public Task Handle(RecordPlace located, CancellationToken cancellation) => Tell(located, cancellation);

    public Task Handle(ReportFailure failure, CancellationToken cancellation) => Tell(failure, cancellation);

    private async Task<LookOutcome> Ask(object message, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var bus = scope.ServiceProvider.GetRequiredService<IMessageBus>();
        return await bus.InvokeAsync<LookOutcome>(message, cancellation, WatchBounds.Page.ToTimeSpan());
    }

    private async Task Tell(object message, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var bus = scope.ServiceProvider.GetRequiredService<IMessageBus>();
        await bus.InvokeAsync(message, cancellation);
    }
}
