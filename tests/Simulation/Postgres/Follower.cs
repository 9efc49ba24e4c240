using HybridCalendar.Host.Read;

namespace HybridCalendar.Simulation.Postgres;

/// <summary>
/// Listens to the service's own feed over its own record from the beginning, while the world goes on, and
/// breaks off and resumes again and again.
/// </summary>
internal sealed class Follower(ChangeFeed feed)
{
    /// <summary>After so much it breaks off.</summary>
    private const int MostOfAConnection = 7;

    private readonly List<long> told = [];
    private long last;

    /// <summary>The positions of all changes that it was told up to a position.</summary>
    /// <param name="end">Is known once the world has come to rest.</param>
    public async Task<IReadOnlyList<long>> Listen(Task<long> end, CancellationToken cancellation)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _ = end.ContinueWith(_ => gone.Cancel(), cancellation, default, TaskScheduler.Default);
        while (!end.IsCompleted)
        {
            try
            {
                await Connect(end, gone.Token);
            }
            catch (OperationCanceledException) when (end.IsCompleted)
            {
                // What is left it is told now.
            }
        }

        while (last < await end)
        {
            await Connect(end, cancellation);
        }

        return told;
    }

    private async Task Connect(Task<long> end, CancellationToken cancellation)
    {
        using var listener = feed.Open(last, mailbox: null);
        var heard = 0;
        await foreach (var next in listener.Listen(CancellationToken.None, cancellation))
        {
            switch (next)
            {
                case Heard.Changed(var change):
                    told.Add(last = change.Position);
                    break;
                case Heard.Alive(var position):
                    last = position;
                    break;
            }

            if (++heard == MostOfAConnection || (end.IsCompletedSuccessfully && last >= await end))
            {
                return;
            }
        }
    }
}
