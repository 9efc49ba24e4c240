using DnsClient;
using DnsClient.Protocol;

namespace HybridCalendar.Adapters.Exchange.Autodiscover;

/// <summary>A host that offers a service, as DNS has it.</summary>
/// <param name="Priority">The lowest goes first.</param>
/// <param name="Weight">The share of a record among those of one priority.</param>
internal sealed record ServiceRecord(string Host, int Port, int Priority, int Weight);

/// <summary>What DNS said. Exactly one of the nested cases.</summary>
internal abstract record ServiceLookup
{
    private ServiceLookup() { }

    /// <param name="Records">In the order in which they are to be tried; may be none.</param>
    internal sealed record Found(IReadOnlyList<ServiceRecord> Records) : ServiceLookup;

    internal sealed record Failed(string Why) : ServiceLookup;
}

/// <summary>Asks DNS who offers Autodiscover for a domain (RFC 2782).</summary>
internal sealed class ServiceRecords(ExchangeSettings settings)
{
    private const string Service = "_autodiscover._tcp.";

    /// <summary>The records of a domain, at most <see cref="Bounds.ServiceRecords"/>.</summary>
    internal async Task<ServiceLookup> Find(string domain, CancellationToken cancellation)
    {
        try
        {
            var client = new LookupClient(Options());
            var reply = await client.QueryAsync(
                Service + domain, QueryType.SRV, cancellationToken: cancellation);
            return reply.Header.ResponseCode is DnsHeaderResponseCode.NoError
                or DnsHeaderResponseCode.NotExistentDomain
                ? new ServiceLookup.Found(Ordered(Usable(reply.Answers.SrvRecords()), Random.Shared))
                : new ServiceLookup.Failed($"dns-{reply.Header.ResponseCode}");
        }
        catch (Exception wrong) when (wrong is DnsResponseException or DnsResponseParseException
            or DnsXidMismatchException or InvalidOperationException or ArgumentException)
        {
            // The last two: this computer has no name server; the name is too long for DNS.
            return new ServiceLookup.Failed("dns-failed");
        }
    }

    /// <summary>
    /// By priority; within one by lot, in which a record's chance is its weight (RFC 2782, "Usage rules").
    /// </summary>
    internal static IReadOnlyList<ServiceRecord> Ordered(IEnumerable<ServiceRecord> records, Random lots)
    {
        var ordered = new List<ServiceRecord>();
        foreach (var equals in records.GroupBy(record => record.Priority).OrderBy(group => group.Key))
        {
            // Those of weight 0 first, so that they have a small chance beside the others.
            var left = equals.OrderBy(record => record.Weight).ToList();
            while (left.Count > 0)
            {
                var lot = lots.Next(left.Sum(record => record.Weight) + 1);
                var sum = 0;
                var drawn = left.First(record => (sum += record.Weight) >= lot);
                ordered.Add(drawn);
                left.Remove(drawn);
            }
        }

        return [.. ordered.Take(Bounds.ServiceRecords)];
    }

    // A record of the root (".") says that the service is not offered.
    private static IEnumerable<ServiceRecord> Usable(IEnumerable<SrvRecord> records) => records
        .Select(record => new ServiceRecord(
            record.Target.Value.TrimEnd('.'), record.Port, record.Priority, record.Weight))
        .Where(record => record.Port > 0 && Uri.CheckHostName(record.Host) == UriHostNameType.Dns);

    private LookupClientOptions Options()
    {
        var options = settings.NameServer is { } server
            ? new LookupClientOptions(server)
            : new LookupClientOptions();
        options.Timeout = settings.NameTimeout;
        options.Retries = 1;
        options.UseCache = false;
        options.ThrowDnsErrors = false;
        return options;
    }
}
