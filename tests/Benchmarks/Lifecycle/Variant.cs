using HybridCalendar.Host.Watch;
using HybridCalendar.Projections;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten;

namespace HybridCalendar.Benchmarks.Lifecycle;

/// <summary>One way to keep the read models.</summary>
/// <param name="IsNotified">Whether commits wake the daemon, or it asks by itself now and then.</param>
internal sealed record Variant(string Name, ProjectionLifecycle Lifecycle, bool IsNotified)
{
    /// <summary>The first, which the others are compared with, folds only when asked.</summary>
    public static IReadOnlyList<Variant> All { get; } =
    [
        new("none", ProjectionLifecycle.Live, IsNotified: false),
        new("inline", ProjectionLifecycle.Inline, IsNotified: false),
        new("async, notified", ProjectionLifecycle.Async, IsNotified: true),
        new("async, polling", ProjectionLifecycle.Async, IsNotified: false),
    ];

    /// <summary>Whether something has to run beside the commits.</summary>
    public bool HasDaemon => Lifecycle == ProjectionLifecycle.Async;

    /// <summary>A store that keeps them so, and all else as the service does.</summary>
    public DocumentStore Open(string connection) => DocumentStore.For(store =>
    {
        store.Connection(connection);
        store.AddCalendar(Lifecycle);
        store.Events.UseListenNotifyForEventAppends = IsNotified;
        store.Projections.AsyncMode = DaemonMode.ExternallyManaged;
        store.AddBookkeeping();
    });
}
