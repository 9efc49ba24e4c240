namespace HybridCalendar.Adapters.Exchange.Autodiscover;

/// <summary>Where mailboxes are, as far as it was found out. Safe for use by several threads.</summary>
/// <remarks>
/// A place is kept until another is found. It is asked for again once a day, and after an error that puts
/// it in doubt, but not at once again (Microsoft: how to refresh configuration information by using
/// Autodiscover).
/// </remarks>
internal sealed class Locations(Discoverer discoverer, ExchangeSettings settings, TimeProvider time)
{
    private const double LeastShare = 0.5;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Entry> entries = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Where one mailbox is; searches only what is not known.</summary>
    internal async Task<Discovery> Find(string address, CancellationToken cancellation)
    {
        while (true)
        {
            if (Known(address) is { } known)
            {
                return known;
            }

            await Search([address], cancellation);
        }
    }

    /// <summary>Where these mailboxes are; searches all whose time has come.</summary>
    /// <returns>By address. Those that another caller gave up searching are missing.</returns>
    internal async Task<IReadOnlyDictionary<string, Discovery>> Refresh(
        IReadOnlyCollection<string> addresses, CancellationToken cancellation)
    {
        foreach (var batch in Due(addresses).Chunk(Bounds.MailboxesPerSearch))
        {
            await Search(batch, cancellation);
        }

        lock (gate)
        {
            return addresses.Distinct(StringComparer.OrdinalIgnoreCase)
                .Select(address => KeyValuePair.Create(address, Of(address).Known))
                .Where(pair => pair.Value is not null)
                .ToDictionary(pair => pair.Key, pair => pair.Value!, StringComparer.OrdinalIgnoreCase);
        }
    }

    /// <summary>Something happened as if the mailbox were elsewhere by now.</summary>
    internal void Doubt(string address)
    {
        lock (gate)
        {
            var entry = Of(address);
            if (entry.Life > settings.DoubtedLocationLife)
            {
                entry.Life = settings.DoubtedLocationLife;
            }
        }
    }

    private Discovery? Known(string address)
    {
        lock (gate)
        {
            var entry = Of(address);
            return entry.Known is Discovery.Located || !IsDue(entry) ? entry.Known : null;
        }
    }

    private List<string> Due(IReadOnlyCollection<string> addresses)
    {
        lock (gate)
        {
            return [.. addresses.Where(address => IsDue(Of(address)))];
        }
    }

    // Who is being searched is not searched by two.
    private async Task Search(IReadOnlyCollection<string> addresses, CancellationToken cancellation)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var mine = new List<string>();
        var others = new List<Task>();
        lock (gate)
        {
            foreach (var address in addresses)
            {
                var entry = Of(address);
                if (entry.Search is { } underWay)
                {
                    others.Add(underWay);
                }
                else if (IsDue(entry))
                {
                    entry.Search = done.Task;
                    mine.Add(address);
                }
            }
        }

        try
        {
            if (mine.Count > 0)
            {
                Keep(await discoverer.Find(mine, tell: null, cancellation));
            }
        }
        finally
        {
            lock (gate)
            {
                mine.ForEach(address => Of(address).Search = null);
            }

            done.SetResult();
        }

        await Task.WhenAll(others).WaitAsync(cancellation);
    }

    private void Keep(IReadOnlyDictionary<string, Discovery> found)
    {
        lock (gate)
        {
            foreach (var (address, discovery) in found)
            {
                Keep(Of(address), discovery);
            }
        }
    }

    private void Keep(Entry entry, Discovery discovery)
    {
        entry.AskedAt = time.GetTimestamp();
        var share = LeastShare + Random.Shared.NextDouble() * (1 - LeastShare);
        if (discovery is Discovery.Located)
        {
            (entry.Known, entry.Failures, entry.Life) = (discovery, 0, settings.LocationLife * share);
        }
        else if (entry.Known is Discovery.Located && discovery is Discovery.Refused { IsFinal: false })
        {
            entry.Life = settings.DoubtedLocationLife;
        }
        else
        {
            var doublings = Math.Min(entry.Failures++, Bounds.PauseDoublings);
            var pause = settings.FirstSearchPause * Math.Pow(2, doublings);
            (entry.Known, entry.Life) = (discovery, pause < settings.DoubtedLocationLife
                ? pause
                : settings.DoubtedLocationLife * share);
        }
    }

    private bool IsDue(Entry entry) =>
        entry.Search is null && (entry.Known is null || time.GetElapsedTime(entry.AskedAt) >= entry.Life);

    private Entry Of(string address)
    {
        if (!entries.TryGetValue(address, out var entry))
        {
            entries[address] = entry = new Entry();
        }

        return entry;
    }

    private sealed class Entry
    {
        internal Discovery? Known { get; set; }

        /// <summary>When the last search ended.</summary>
        internal long AskedAt { get; set; }

        /// <summary>How long after that no other begins.</summary>
        internal TimeSpan Life { get; set; }

        /// <summary>Searches in a row that found nothing.</summary>
        internal int Failures { get; set; }

        /// <summary>The search that is under way; null when there is none.</summary>
        internal Task? Search { get; set; }
    }
}
