using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace HybridCalendar.Adapters.Exchange.Autodiscover;

/// <summary>Goes through the hosts that may know a domain's mailboxes until one answers.</summary>
/// <param name="known">The site that answered last, by domain.</param>
/// <param name="home">The domain of the mailboxes, which decides what is allowed.</param>
internal sealed class DomainWalk(
    Endpoints endpoints,
    ServiceRecords records,
    HostRule rule,
    Showing showing,
    ConcurrentDictionary<string, Site> known,
    string home,
    Action<DiscoveryStep>? tell)
{
    private readonly Trail trail = new(tell);

    /// <summary>Redirects so far, those before this walk included.</summary>
    internal int Hops { get; private set; }

    /// <summary>Why nobody answered.</summary>
    internal Discovery.Refused Failure => trail.Failure;

    internal void Tell(string outcome) => trail.Tell(home, outcome);

    /// <summary>Asks all hosts that a domain may have, in the order of the protocol.</summary>
    /// <returns>An answer for each address; null when nobody answered.</returns>
    internal async Task<IReadOnlyList<UserAnswer>?> Through(
        string domain, IReadOnlyList<string> addresses, int hops, CancellationToken cancellation)
    {
        var asked = new HashSet<Site>();
        await foreach (var site in Candidates(domain, cancellation))
        {
            if (asked.Add(site) && await Follow(site, addresses, hops, cancellation) is { } answers)
            {
                return answers;
            }
        }

        known.TryRemove(domain, out _);
        return null;

        async IAsyncEnumerable<Site> Candidates(
            string of, [EnumeratorCancellation] CancellationToken token)
        {
            if (known.TryGetValue(of, out var last))
            {
                yield return last;
            }

            yield return Site.Of(of);
            yield return Site.Of("autodiscover." + of);
            if (await Signpost(of, token) is { } pointed)
            {
                yield return pointed;
            }

            foreach (var record in await Records(of, token))
            {
                yield return record;
            }
        }
    }

    /// <summary>Asks one host, and those to which it redirects.</summary>
    /// <inheritdoc cref="Through"/>
    internal async Task<IReadOnlyList<UserAnswer>?> Follow(
        Site site, IReadOnlyList<string> addresses, int hops, CancellationToken cancellation)
    {
        for (Hops = hops; ; Hops++)
        {
            var visit = new SiteVisit(endpoints, showing, trail, site);
            switch (await visit.Ask(addresses, cancellation))
            {
                case EndpointReply.Answer(var users):
                    Remember(addresses[0], site, users);
                    return users;
                case EndpointReply.Redirect when Hops >= Bounds.Redirects:
                    trail.Fail(site.Host, "too many redirects", DiscoveryRefusal.TooManyRedirects, site.Host);
                    return null;
                case EndpointReply.Redirect(var url) when IsAllowed(site.Host, url):
                    site = Site.At(url);
                    continue;
                default:
                    return null;
            }
        }
    }

    private void Remember(string address, Site site, IReadOnlyList<UserAnswer> users)
    {
        if (Site.DomainOf(address) is { } domain
            && users.Any(user => user is UserAnswer.Settled(Discovery.Located)))
        {
            known[domain] = site;
        }
    }

    private async Task<Site?> Signpost(string domain, CancellationToken cancellation)
    {
        var signpost = Site.Signpost(domain);
        switch (await endpoints.AskSignpost(signpost, cancellation))
        {
            case EndpointReply.Redirect(var url):
                return IsAllowed(signpost.AbsoluteUri, url) ? Site.At(url) : null;
            case EndpointReply.Failed failed:
                // Not to answer here is the rule: it tells nothing.
                trail.Tell(signpost.AbsoluteUri, failed.Why);
                return null;
            default:
                return null;
        }
    }

    private async Task<IEnumerable<Site>> Records(string domain, CancellationToken cancellation)
    {
        var place = "DNS _autodiscover._tcp." + domain;
        switch (await records.Find(domain, cancellation))
        {
            case ServiceLookup.Found(var found):
                trail.Tell(place, found.Count == 0 ? "no record" : $"{found.Count} records");
                return found.Select(record => Site.Of(record.Host, record.Port))
                    .Where(site => IsAllowed(place, site.Soap));
            case ServiceLookup.Failed(var why):
                trail.Fail(place, why, DiscoveryRefusal.Unreachable, null);
                return [];
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private bool IsAllowed(string place, Uri url)
    {
        var target = url.GetLeftPart(UriPartial.Authority);
        if (rule.Allows(url, home))
        {
            trail.Tell(place, "leads to " + target);
            return true;
        }

        trail.Fail(
            place, $"leads to {target}: not allowed", DiscoveryRefusal.RedirectNotAllowed, url.IdnHost);
        return false;
    }
}
