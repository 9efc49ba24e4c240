namespace HybridCalendar.Adapters.Exchange.Autodiscover;

/// <summary>Asks one host in each protocol until it answers in one.</summary>
internal sealed class SiteVisit(Endpoints endpoints, Showing showing, Trail trail, Site site)
{
    /// <summary>A way to ask.</summary>
    /// <param name="Place">What is asked, without any address of a mailbox.</param>
    /// <param name="BatchSize">Mailboxes in one request.</param>
    private sealed record Way(
        string Place,
        int BatchSize,
        bool ShowsAccount,
        Func<IReadOnlyList<string>, CancellationToken, Task<EndpointReply>> Ask);

    private IEnumerable<Way> Ways =>
    [
        new($"SOAP {site.Soap.GetLeftPart(UriPartial.Path)}", Bounds.MailboxesPerQuestion, true,
            (addresses, token) => endpoints.AskSoap(site.Soap, addresses, token)),
        new($"POX {site.Pox.GetLeftPart(UriPartial.Path)}", 1, true,
            (addresses, token) => endpoints.AskPlainXml(site.Pox, addresses[0], token)),
        new($"v2 {site.Json.GetLeftPart(UriPartial.Path)}", 1, false,
            (addresses, token) => endpoints.AskVersionTwo(site, addresses[0], token)),
    ];

    /// <summary>The first answer or redirect; else a failure, which stands in the trail.</summary>
    internal async Task<EndpointReply> Ask(IReadOnlyList<string> addresses, CancellationToken cancellation)
    {
        foreach (var way in Ways)
        {
            if (way.ShowsAccount && !showing.TryPass(site.Host))
            {
                trail.Fail(way.Place, "not asked: the account was refused too often",
                    DiscoveryRefusal.SignInRefused, site.Host);
                continue;
            }

            var reply = await AskFirst(way, addresses, cancellation);
            if (reply is not EndpointReply.Failed failed)
            {
                trail.Tell(way.Place, reply is EndpointReply.Redirect ? "redirects" : "answers");
                return reply;
            }

            trail.Fail(way.Place, failed.Why, failed.Reason, site.Host);
            if (failed.Reason == DiscoveryRefusal.SignInRefused && way.ShowsAccount)
            {
                showing.Refuse(site.Host);
            }
            else if (failed.IsOfTheHost)
            {
                return failed;
            }
        }

        return new EndpointReply.Failed(trail.Failure.Reason, "");
    }

    // The first batch shows whether this is the way; then the others are asked in the same one.
    private async Task<EndpointReply> AskFirst(
        Way way, IReadOnlyList<string> addresses, CancellationToken cancellation)
    {
        var batches = addresses.Chunk(way.BatchSize).ToList();
        var first = await way.Ask(batches[0], cancellation);
        if (first is not EndpointReply.Answer)
        {
            return first;
        }

        if (way.ShowsAccount)
        {
            showing.Accept();
        }

        var replies = new EndpointReply[batches.Count];
        replies[0] = first;
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = Bounds.QuestionsAtOnce,
            CancellationToken = cancellation,
        };
        await Parallel.ForAsync(1, batches.Count, options, async (index, token) =>
            replies[index] = await way.Ask(batches[index], token));
        var users = replies.Zip(batches).SelectMany(pair => Users(pair.First, pair.Second));
        return new EndpointReply.Answer([.. users]);
    }

    private static IEnumerable<UserAnswer> Users(EndpointReply reply, string[] batch) => reply switch
    {
        EndpointReply.Answer(var users) => users,
        EndpointReply.Redirect(var url) => batch.Select(_ => new UserAnswer.ToUrl(url)),
        EndpointReply.Failed failed => batch.Select(_ => UserAnswer.Refuse(failed.Reason)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
