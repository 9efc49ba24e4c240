namespace HybridCalendar.Adapters.Exchange.Autodiscover;

/// <summary>What became of one request to an endpoint. Exactly one of the nested cases.</summary>
internal abstract record EndpointReply
{
    private EndpointReply() { }

    /// <param name="Users">In the order of the request.</param>
    internal sealed record Answer(IReadOnlyList<UserAnswer> Users) : EndpointReply;

    internal sealed record Redirect(Uri Url) : EndpointReply;

    /// <param name="Why">A word for the operator.</param>
    /// <param name="IsOfTheHost">Nothing else on the host need be asked.</param>
    internal sealed record Failed(DiscoveryRefusal Reason, string Why, bool IsOfTheHost = false)
        : EndpointReply;
}
