namespace HybridCalendar.Adapters.Exchange.Versions;

/// <summary>
/// What is known of each server that is asked, by scheme, host and port of its address: mailboxes may live at
/// several, of several versions.
/// </summary>
/// <remarks>
/// Of more than <see cref="Bounds.Servers"/> the one is forgotten that was asked longest ago, unless it keeps
/// streams open. Safe for use by several threads.
/// </remarks>
internal sealed class Servers(ExchangeSettings settings)
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string, string, int), Known> known = [];
    private long asked;

    /// <param name="url">The address of a service there; null for mailboxes that are nowhere yet.</param>
    internal Server At(Uri? url)
    {
        var address = url is null ? ("", "", 0) : (url.Scheme, url.IdnHost, url.Port);
        lock (gate)
        {
            if (!known.TryGetValue(address, out var entry))
            {
                Forget();
                known[address] = entry = new Known(new Server(settings));
            }

            entry.Asked = ++asked;
            return entry.Server;
        }
    }

    private void Forget()
    {
        if (known.Count < Bounds.Servers)
        {
            return;
        }

        var idle = known.Where(pair => pair.Value.Server.IsIdle).OrderBy(pair => pair.Value.Asked);
        if (idle.Select(pair => pair.Key).ToList() is [var oldest, ..])
        {
            known.Remove(oldest);
        }
    }

    private sealed class Known(Server server)
    {
        internal Server Server { get; } = server;

        /// <summary>The number of the question for which it was needed last.</summary>
        internal long Asked { get; set; }
    }
}
