using NodaTime;

namespace HybridCalendar.Adapters.Exchange.Autodiscover;

/// <summary>
/// Sends each request where its mailbox is: to the one address that is set, or to the mailbox's own.
/// </summary>
internal sealed class Placement
{
    private readonly ExchangeSettings settings;
    private readonly TimeProvider time;

    // Null when one address is set for all.
    private readonly Locations? locations;

    internal Placement(Discoverer discoverer, ExchangeSettings settings, TimeProvider time)
    {
        Discoverer = discoverer;
        this.settings = settings;
        this.time = time;
        locations = settings.Url is null ? new Locations(discoverer, settings, time) : null;
    }

    internal Discoverer Discoverer { get; }

    /// <summary>Where mailboxes are, by address; searches those whose time has come.</summary>
    internal async Task<IReadOnlyDictionary<string, Discovery>> Locate(
        IReadOnlyCollection<string> addresses, CancellationToken cancellation)
    {
        if (locations is not null)
        {
            return await locations.Refresh(addresses, cancellation);
        }

        var everywhere = new Discovery.Located(new MailboxLocation(settings.Url!, ""));
        return addresses.ToDictionary(address => address, Discovery (_) => everywhere);
    }

    /// <summary>The address of mailboxes of the same location; null when none of them is found.</summary>
    internal async Task<Uri?> AddressOf(
        IReadOnlyCollection<string> mailboxes, CancellationToken cancellation)
    {
        var found = await Locate(mailboxes, cancellation);
        return found.Values.OfType<Discovery.Located>().FirstOrDefault()?.Location.Url;
    }

    /// <summary>
    /// What Exchange said may mean that the mailbox is elsewhere by now: it is searched before long.
    /// </summary>
    internal void LocationDoubted(string mailbox) => locations?.Doubt(mailbox);

    /// <summary>
    /// Makes a call with the address of its mailbox, and doubts that when the reply says so.
    /// </summary>
    /// <exception cref="HttpRequestException">Nobody could be asked for the address.</exception>
    internal async Task<Reply<T>> At<T>(
        EwsRequest request, Func<EwsRequest, Task<Reply<T>>> call, CancellationToken cancellation)
    {
        var place = await Find(request, cancellation);
        if (place is not Reply<Uri>.Answer(var url))
        {
            return place.Failure<T>()!;
        }

        try
        {
            var reply = await call(request with { Url = url });
            Doubt(request, Codes.Of(reply));
            return reply;
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            Doubt(request, Codes.Broken);
            throw;
        }
    }

    private void Doubt(EwsRequest request, string code)
    {
        if (request.Impersonated is { } mailbox && Codes.DoubtsLocation(code))
        {
            LocationDoubted(mailbox);
        }
    }

    private async Task<Reply<Uri>> Find(EwsRequest request, CancellationToken cancellation)
    {
        if (locations is null)
        {
            return new Reply<Uri>.Answer(settings.Url!);
        }

        // The account's own name is an address, too, where it is one of the directory's.
        return await locations.Find(request.Impersonated ?? settings.Account, cancellation) switch
        {
            Discovery.Located located => new Reply<Uri>.Answer(located.Location.Url),
            Discovery.Refused { Reason: DiscoveryRefusal.SignInRefused } =>
                new Reply<Uri>.Refused(Codes.SignInRefused, ""),
            Discovery.Refused { Reason: DiscoveryRefusal.Busy } => new Reply<Uri>.Busy(
                Instant.FromDateTimeOffset(time.GetUtcNow() + settings.FirstSearchPause)),
            Discovery.Refused { Reason: DiscoveryRefusal.Unreachable } =>
                throw new HttpRequestException("No host of the mailbox's domain answers Autodiscover."),
            Discovery.Refused refused => new Reply<Uri>.Refused(refused.Code, ""),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
