namespace HybridCalendar.Adapters.Exchange.Autodiscover;

/// <summary>What an endpoint said about one mailbox. Exactly one of the nested cases.</summary>
internal abstract record UserAnswer
{
    private UserAnswer() { }

    internal sealed record Settled(Discovery Discovery) : UserAnswer;

    /// <summary>Ask again for this SMTP address.</summary>
    internal sealed record ToAddress(string Address) : UserAnswer
    {
        // A record would print the address, and what is printed is logged.
        public override string ToString() => nameof(ToAddress);
    }

    /// <summary>Ask again at this endpoint.</summary>
    internal sealed record ToUrl(Uri Url) : UserAnswer;

    internal static UserAnswer Refuse(DiscoveryRefusal reason, string? host = null) =>
        new Settled(new Discovery.Refused(reason, host));

    /// <summary>Exchange named an address for the mailbox: it is held to what is safe.</summary>
    /// <param name="urls">In the order of preference; nulls and empty ones do not count.</param>
    internal static UserAnswer Locate(
        IEnumerable<string?> urls, string? grouping, string? version = null, string? schemas = null)
    {
        if (urls.FirstOrDefault(text => !string.IsNullOrWhiteSpace(text)) is not { } first)
        {
            return Refuse(DiscoveryRefusal.NoService);
        }

        if (!Uri.TryCreate(first, UriKind.Absolute, out var url) || Site.HostOf(url) is null
            || grouping is { Length: > Bounds.GroupingChars })
        {
            return Refuse(DiscoveryRefusal.Malformed);
        }

        return IsSafe(url)
            ? new Settled(new Discovery.Located(new MailboxLocation(url, grouping ?? ""), version, schemas))
            : Refuse(DiscoveryRefusal.UnsafeAddress, url.Host);
    }

    /// <summary>Where a reply sends us, which it must say.</summary>
    internal static UserAnswer Redirect(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var target) && Site.HostOf(target) is not null
            ? new ToUrl(target)
            : Refuse(DiscoveryRefusal.Malformed);

    /// <inheritdoc cref="Redirect"/>
    internal static UserAnswer Readdress(string? address) =>
        Site.DomainOf(address) is null ? Refuse(DiscoveryRefusal.Malformed) : new ToAddress(address!);

    private static bool IsSafe(Uri url) =>
        (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback))
        && url.UserInfo.Length == 0;
}
