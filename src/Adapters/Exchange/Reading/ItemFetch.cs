using System.Runtime.ExceptionServices;
using HybridCalendar.Adapters.Exchange.Operations;
using HybridCalendar.Adapters.Exchange.Soap;
using HybridCalendar.Adapters.Exchange.Versions;

namespace HybridCalendar.Adapters.Exchange.Reading;

/// <summary>Gets items of one mailbox in full, some at a time.</summary>
/// <param name="digest">What is done with each item before others are asked for.</param>
internal sealed class ItemFetch(
    EwsClient client, string address, ExchangeSettings settings, Action<RawItem> digest)
{
    /// <summary>
    /// One result an id, in their order; no answer at all when the trouble is the server's or the mailbox's.
    /// </summary>
    /// <param name="decisive">
    /// How many of the first ids tell, when none of them can be read, that it is not the fault of one item.
    /// </param>
    /// <remarks>
    /// One item may spoil the reply of all that were asked for with it, or have the server fail. Then half as
    /// many are asked for, until it is alone, and only that one is a failure. Where connections break, which
    /// may take long each time, they are asked for one by one.
    /// </remarks>
    /// <exception cref="HttpRequestException">The connection broke, and not for one item only.</exception>
    /// <exception cref="IOException">The same.</exception>
    internal async Task<Reply<IReadOnlyList<Fetched>>> Fetch(
        IReadOnlyList<string> ids,
        int decisive,
        IReadOnlyList<string> properties,
        CancellationToken cancellation)
    {
        var fetched = new List<Fetched>();
        var size = Bounds.ItemsPerBatch;
        while (fetched.Count < ids.Count)
        {
            var batch = ids.Skip(fetched.Count).Take(size).ToList();
            var timeout = size == 1 ? settings.ItemTimeout : settings.CallTimeout;
            var reply = await Ask(batch, properties, timeout, cancellation);
            if (reply is not Reply<IReadOnlyList<Fetched>>.Answer { Value: var found })
            {
                return reply;
            }

            if (found[0] is { IsShared: true, Broken: null })
            {
                size = batch.Count / 2;
                continue;
            }

            if (batch.Count == 1 || !found.Any(one => one.IsDoubtful))
            {
                fetched.AddRange(found);
            }
            else if (await AskEach(found, fetched, decisive, properties, cancellation) is { } failure)
            {
                return failure;
            }

            // Who is at fault seldom comes alone.
            size = batch.Count == 1 && fetched[^1].IsDoubtful ? 1 : Math.Min(size * 2, Bounds.ItemsPerBatch);
            if (fetched.Count >= Bounds.BrokenInARow
                && fetched.TakeLast(Bounds.BrokenInARow).All(one => one.IsOfTheConnection))
            {
                var last = fetched[^1];
                if (fetched.Count <= decisive)
                {
                    return Failure(last);
                }

                fetched.AddRange(ids.Skip(fetched.Count).Select(id => last with { ItemId = id }));
            }
        }

        var changed = fetched.Take(decisive).ToList();
        return changed.Count > 1 && (changed.TrueForAll(one => one.IsDoubtful) || changed.TrueForAll(
            one => Codes.IsPerhapsForbidden(one.Verdict.Code) && one.Verdict.Code == changed[0].Verdict.Code))
            ? Failure(changed[0])
            : new Reply<IReadOnlyList<Fetched>>.Answer(fetched);
    }

    // What is beyond doubt is kept; the rest is asked for anew, each for itself. Null when that is done, or
    // when all connections break: then it would go on like this.
    private async Task<Reply<IReadOnlyList<Fetched>>?> AskEach(
        IReadOnlyList<Fetched> found,
        List<Fetched> fetched,
        int decisive,
        IReadOnlyList<string> properties,
        CancellationToken cancellation)
    {
        var broken = 0;
        foreach (var doubtful in found)
        {
            if (!doubtful.IsDoubtful)
            {
                fetched.Add(doubtful);
                continue;
            }

            var reply = await Ask([doubtful.ItemId], properties, settings.ItemTimeout, cancellation);
            if (reply is not Reply<IReadOnlyList<Fetched>>.Answer { Value: [var one] })
            {
                return reply;
            }

            fetched.Add(one);
            broken = one.IsOfTheConnection ? broken + 1 : 0;
            if (broken == Bounds.BrokenInARow)
            {
                return fetched.Count <= decisive ? Failure(one) : null;
            }
        }

        return null;
    }

    private static Reply<IReadOnlyList<Fetched>> Failure(Fetched one)
    {
        one.Broken?.Throw();
        return new Reply<IReadOnlyList<Fetched>>.Refused(one.Verdict.Code, one.Verdict.Message);
    }

    // At least one result, and as many as the server looked at before it stopped.
    private async Task<Reply<IReadOnlyList<Fetched>>> Ask(
        List<string> batch,
        IReadOnlyList<string> properties,
        TimeSpan timeout,
        CancellationToken cancellation)
    {
        var request = new EwsRequest("GetItem", address, (xml, dialect) =>
            GetItem.Write(xml, batch, PropertyVersions.KnownIn(dialect, properties)))
        {
            Timeout = timeout,
        };
        try
        {
            return await client.Call(request, GetItem.Read, cancellation) switch
            {
                Reply<IReadOnlyList<ResponseMessage<RawItem?>>>.Answer answer => Sort(answer.Value, batch),
                Reply<IReadOnlyList<ResponseMessage<RawItem?>>>.Gone =>
                    All(batch, new Verdict(Codes.ItemNotFound, "")),
                Reply<IReadOnlyList<ResponseMessage<RawItem?>>>.Refused refused
                    when Codes.IsPerhapsOfTheItem(refused.Code) =>
                    All(batch, new Verdict(refused.Code, refused.Message)),
                var other => other.Failure<IReadOnlyList<Fetched>>()!,
            };
        }
        catch (Exception broken) when (IsWhileWaiting(broken))
        {
            return All(batch, new Verdict(Codes.Broken, ""), ExceptionDispatchInfo.Capture(broken));
        }
    }

    private Reply<IReadOnlyList<Fetched>> Sort(
        IReadOnlyList<ResponseMessage<RawItem?>> messages, List<string> batch)
    {
        if (messages.Count != batch.Count)
        {
            var what = $"{messages.Count} response messages for {batch.Count} items";
            return All(batch, Verdict.Malformed(what));
        }

        if (messages.FirstOrDefault(message => Codes.IsOfTheServer(message.Verdict.Code)) is { } trouble)
        {
            return client.Refusal<IReadOnlyList<Fetched>>(trouble.Verdict);
        }

        var looked = messages.TakeWhile(message => message.Verdict.Code != Codes.BatchStopped).ToList();
        return looked.Count > 0
            ? new Reply<IReadOnlyList<Fetched>>.Answer([.. looked.Zip(batch, Result)])
            : client.Refusal<IReadOnlyList<Fetched>>(messages[0].Verdict with { BackOff = TimeSpan.Zero });
    }

    // A server that cannot be reached has not seen the item.
    private static bool IsWhileWaiting(Exception broken) =>
        broken is IOException or HttpRequestException
        {
            HttpRequestError: HttpRequestError.Unknown or HttpRequestError.ResponseEnded
                or HttpRequestError.InvalidResponse,
        };

    private static Reply<IReadOnlyList<Fetched>> All(
        List<string> batch, Verdict verdict, ExceptionDispatchInfo? broken = null) =>
        new Reply<IReadOnlyList<Fetched>>.Answer([.. batch.Select(id =>
            new Fetched(id, verdict, false, null) { IsShared = batch.Count > 1, Broken = broken })]);

    private Fetched Result(ResponseMessage<RawItem?> message, string id)
    {
        if (message.Payload is { } item)
        {
            digest(item);
        }

        return new Fetched(id, message.Verdict, message.IsSuccess, message.Payload);
    }
}
