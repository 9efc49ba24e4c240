using JasperFx;
using JasperFx.Events.Daemon;
using Marten;
using Wolverine.Runtime.Agents;
using IProjectionCoordinator = Marten.Events.Daemon.Coordination.IProjectionCoordinator;

namespace HybridCalendar.Host.Rebuild;

/// <summary>
/// Lets the daemon go on with a read model that was moved on behind its back. A rebuild that swaps documents
/// which the daemon has begun to change makes its page fail, and the daemon, which takes that for a second
/// daemon at work, stops for good.
/// </summary>
public sealed partial class Resumption(
    IProjectionCoordinator daemons, IDocumentStore store, ILogger<Resumption> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await ResumeAll(stoppingToken);
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                // The database may be away; the next round tries again.
                LogFailed(failure);
            }
        }
    }

    private async Task ResumeAll(CancellationToken cancellation)
    {
        if (Daemon() is not { } daemon)
        {
            return;
        }

        var stopped = daemon.CurrentAgents()
            .Where(agent => agent.Status != AgentStatus.Running && agent.Failure is { })
            .ToArray();
        if (stopped.Length == 0)
        {
            return;
        }

        var progress = await store.Advanced.AllProjectionProgress(token: cancellation);
        foreach (var agent in stopped)
        {
            var stored = progress.FirstOrDefault(shard => shard.ShardName == agent.Name.Identity)?.Sequence;
            if (stored > agent.Position)
            {
                LogResumed(agent.Name.Name, stored.Value);
                await daemon.StartAgentAsync(agent.Name, cancellation);
            }
        }
    }

    // Null while all read models are folded by other processes, or this one has not begun.
    private IProjectionDaemon? Daemon()
    {
        try
        {
            return daemons.DaemonForMainDatabase();
        }
        catch (DaemonNotRunningOnThisNodeException)
        {
            return null;
        }
    }

    [LoggerMessage(LogLevel.Information, "Read model {Name} was rebuilt and goes on from event {Position}.")]
    private partial void LogResumed(string name, long position);

    [LoggerMessage(LogLevel.Warning, "Whether a read model was rebuilt could not be found out.")]
    private partial void LogFailed(Exception failure);
}
