using System.Collections.Concurrent;
using HybridCalendar.Adapters.Exchange.Accounts;

namespace HybridCalendar.Adapters.Exchange.Autodiscover;

/// <summary>Finds mailboxes by Autodiscover, many at once. Remembers which host knew a domain.</summary>
/// <remarks>One search at a time, so that a wrong password is not shown by several. Nothing is thrown for
/// what servers do.</remarks>
/// <seealso href="https://learn.microsoft.com/exchange/client-developer/exchange-web-services/autodiscover-for-exchange"/>
internal sealed class Discoverer
{
    private readonly ServiceAccounts accounts;
    private readonly Endpoints endpoints;
    private readonly ServiceRecords records;
    private readonly HostRule rule;
    private readonly SemaphoreSlim searches = new(1);
    private readonly ConcurrentDictionary<string, Site> known = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> refusedInTurn = new(StringComparer.OrdinalIgnoreCase);

    internal Discoverer(ServiceAccounts accounts, ExchangeSettings settings, TimeProvider time)
    {
        this.accounts = accounts;
        endpoints = new Endpoints(accounts, settings, time);
        records = new ServiceRecords(settings);
        rule = new HostRule(settings.AutodiscoverHosts);
    }

    /// <summary>Searches mailboxes.</summary>
    /// <param name="tell">Is told each step; null for nobody.</param>
    /// <returns>What became of each, by the address as it was given.</returns>
    internal async Task<IReadOnlyDictionary<string, Discovery>> Find(
        IReadOnlyCollection<string> addresses, Action<DiscoveryStep>? tell, CancellationToken cancellation)
    {
        await searches.WaitAsync(cancellation);
        try
        {
            return await Search(addresses, tell, cancellation);
        }
        finally
        {
            searches.Release();
        }
    }

    private async Task<IReadOnlyDictionary<string, Discovery>> Search(
        IReadOnlyCollection<string> addresses, Action<DiscoveryStep>? tell, CancellationToken cancellation)
    {
        var account = accounts.InUse;
        var showing = new Showing(account, refusedInTurn);
        var found = new Dictionary<string, Discovery>(StringComparer.OrdinalIgnoreCase);
        var open = Begin(account, addresses.Distinct(StringComparer.OrdinalIgnoreCase), found);
        while (open.Count > 0)
        {
            var next = new List<Quest>();
            foreach (var together in open.GroupBy(
                quest => (quest.Site, quest.Domain, quest.Home, quest.Hops)))
            {
                var walk = new DomainWalk(endpoints, records, rule, showing, known, together.Key.Home, tell);
                var quests = together.ToList();
                var answers = await Ask(walk, together.Key, quests, cancellation);
                next.AddRange(quests.Zip(answers).Select(pair => Follow(pair.First, pair.Second, walk, found))
                    .OfType<Quest>());
            }

            open = next;
        }

        showing.End(found.Values.Any(discovery => discovery is Discovery.Located));
        return found;
    }

    private static List<Quest> Begin(
        Account account, IEnumerable<string> addresses, Dictionary<string, Discovery> found)
    {
        var hindrance = account.Hindrance<Discovery>() switch
        {
            null => (DiscoveryRefusal?)null,
            Reply<Discovery>.Busy => DiscoveryRefusal.Busy,
            _ => DiscoveryRefusal.SignInRefused,
        };
        var quests = new List<Quest>();
        foreach (var address in addresses)
        {
            if (Site.DomainOf(address) is not { } domain)
            {
                found[address] = new Discovery.Refused(DiscoveryRefusal.NotAnAddress);
            }
            else if (hindrance is { } reason)
            {
                found[address] = new Discovery.Refused(reason);
            }
            else
            {
                quests.Add(new Quest(address, address, domain, domain, null, 0));
            }
        }

        return quests;
    }

    private static async Task<IReadOnlyList<UserAnswer>> Ask(
        DomainWalk walk,
        (Site? Site, string Domain, string Home, int Hops) where,
        List<Quest> quests,
        CancellationToken cancellation)
    {
        var addresses = quests.Select(quest => quest.Address).ToList();
        var answers = where.Site is { } site
            ? await walk.Follow(site, addresses, where.Hops, cancellation)
            : await walk.Through(where.Domain, addresses, where.Hops, cancellation);
        return answers ?? [.. quests.Select(_ => new UserAnswer.Settled(walk.Failure))];
    }

    // A redirect is followed in the next round; everything else is the end of the quest.
    private Quest? Follow(
        Quest quest, UserAnswer answer, DomainWalk walk, Dictionary<string, Discovery> found)
    {
        var hops = walk.Hops + 1;
        switch (answer)
        {
            case UserAnswer.Settled(var discovery):
                found[quest.Asked] = discovery;
                return null;
            case UserAnswer.ToAddress or UserAnswer.ToUrl when hops > Bounds.Redirects:
                found[quest.Asked] = new Discovery.Refused(DiscoveryRefusal.TooManyRedirects);
                return null;
            case UserAnswer.ToAddress { Address: var address }
                when Site.DomainOf(address) is { } domain && rule.Allows(domain, quest.Home):
                walk.Tell("redirect to another address of " + domain);
                return quest with { Address = address, Domain = domain, Site = null, Hops = hops };
            case UserAnswer.ToUrl(var url) when rule.Allows(url, quest.Home):
                walk.Tell("redirect to " + url.GetLeftPart(UriPartial.Authority));
                return quest with { Site = Site.At(url), Hops = hops };
            case var elsewhere:
                var host = elsewhere is UserAnswer.ToUrl(var target)
                    ? target.IdnHost
                    : Site.DomainOf(((UserAnswer.ToAddress)elsewhere).Address);
                walk.Tell("redirect to " + host + " is not allowed");
                found[quest.Asked] = new Discovery.Refused(DiscoveryRefusal.RedirectNotAllowed, host);
                return null;
        }
    }

    /// <summary>The search for one mailbox, as far as it has come.</summary>
    /// <param name="Asked">The address as it was given.</param>
    /// <param name="Address">The address that is asked for now.</param>
    /// <param name="Domain">The domain of that.</param>
    /// <param name="Home">The domain of the address as it was given, which decides what is allowed.</param>
    /// <param name="Site">Where to ask; null to find out.</param>
    private sealed record Quest(
        string Asked, string Address, string Domain, string Home, Site? Site, int Hops)
    {
        // A record would print the address, and what is printed is logged.
        public override string ToString() => Domain;
    }
}
