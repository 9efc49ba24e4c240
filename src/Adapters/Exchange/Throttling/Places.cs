namespace HybridCalendar.Adapters.Exchange.Throttling;

/// <summary>
/// Places for what stays long: taken in the order of asking, never more at the same time than the limit.
/// </summary>
/// <remarks>Safe for use by several threads.</remarks>
internal sealed class Places(int limit)
{
    private readonly Lock gate = new();
    private readonly LinkedList<TaskCompletionSource> waiting = [];
    private int limit = limit;
    private int taken;

    /// <summary>Whether somebody waits: then who has a place is not to keep it for long.</summary>
    internal bool AreWanted
    {
        get
        {
            lock (gate)
            {
                return waiting.Count > 0;
            }
        }
    }

    /// <summary>Whether nobody has a place, or waits for one.</summary>
    internal bool AreFree
    {
        get
        {
            lock (gate)
            {
                return taken == 0 && waiting.Count == 0;
            }
        }
    }

    /// <summary>Waits for a place; disposing gives it back.</summary>
    internal async Task<IDisposable> Take(CancellationToken cancellation)
    {
        var place = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        LinkedListNode<TaskCompletionSource> node;
        lock (gate)
        {
            node = waiting.AddLast(place);
            Give();
        }

        await using var leave = cancellation.UnsafeRegister(_ => Leave(node, cancellation), null);
        await place.Task;
        return new Place(this);
    }

    /// <summary>Sets how many there are. Who has a place keeps it.</summary>
    internal void Limit(int places)
    {
        lock (gate)
        {
            limit = places;
            Give();
        }
    }

    private void Leave(LinkedListNode<TaskCompletionSource> node, CancellationToken cancellation)
    {
        lock (gate)
        {
            if (node.List is not null)
            {
                waiting.Remove(node);
                node.Value.SetCanceled(cancellation);
            }
        }
    }

    private void Give()
    {
        while (taken < limit && waiting.First is { } first)
        {
            waiting.RemoveFirst();
            taken++;
            first.Value.SetResult();
        }
    }

    private sealed class Place(Places places) : IDisposable
    {
        private bool isGivenBack;

        public void Dispose()
        {
            lock (places.gate)
            {
                if (!isGivenBack)
                {
                    isGivenBack = true;
                    places.taken--;
                    places.Give();
                }
            }
        }
    }
}
