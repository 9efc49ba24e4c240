using System.Runtime.CompilerServices;
using HybridCalendar.Adapters.Exchange.Operations;
using HybridCalendar.Adapters.Exchange.Reactions;
using HybridCalendar.Adapters.Exchange.Soap;
using HybridCalendar.Adapters.Exchange.Throttling;
using HybridCalendar.Domain.Mailboxes;

namespace HybridCalendar.Adapters.Exchange.Watching;

/// <summary>
/// Watches one group of calendars: subscribes, streams, mends what breaks. Ends by cancellation only.
/// </summary>
/// <remarks>
/// Subscriptions outlive a connection, so a stream is opened again with the same ones; only what the server
/// says is lost is made anew. Nothing that happened meanwhile is told later: after each
/// <see cref="CalendarSignal.Opened"/> look once.
/// </remarks>
/// <remarks>Microsoft: handling notification related errors in ews in exchange.</remarks>
internal sealed class GroupWatch(
    EwsClient client, IReadOnlyList<WatchedMailbox> group, ExchangeSettings settings, TimeProvider time)
{
    private readonly Subscriptions subscriptions =
        new(client, [.. group.DistinctBy(mailbox => mailbox.Id)], settings, time);

    private readonly List<string> addresses = [.. group.Select(mailbox => mailbox.Address)];
    private readonly Pauses pauses = new(settings, time);
    private readonly Doubt doubt = new();
    private bool hasOpened;

    // How many others of the group had the stream count against their budget before the one that has now.
    private int speaker;

    internal async IAsyncEnumerable<CalendarSignal> Run(
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                hasOpened = false;
                Trouble? trouble;
                TimeSpan lived;
                var account = client.AccountInUse;
                var places = await client.Streams(account, addresses, cancellation);
                using (await places.Take(cancellation))
                {
                    (var refused, trouble) = await subscriptions.Complete(account, cancellation);
                    foreach (var signal in refused)
                    {
                        yield return signal;
                    }

                    trouble ??= subscriptions.Covered.Count == 0 ? new Trouble("nobody-to-watch") : null;
                    EnvelopeStream? opened = null;
                    if (trouble is null)
                    {
                        (opened, trouble) = await Open(places, cancellation);
                    }

                    trouble = trouble is not null && subscriptions.IsOfFormerAccount
                        ? Trouble.TakenOver(client.AccountInUse)
                        : trouble;

                    var began = time.GetTimestamp();
                    using (opened)
                    {
                        while (trouble is null)
                        {
                            IReadOnlyList<CalendarSignal> signals;
                            (signals, trouble) = React(await opened!.Next(cancellation));
                            foreach (var signal in signals)
                            {
                                yield return signal;
                            }
                        }
                    }

                    lived = opened is null ? TimeSpan.Zero : time.GetElapsedTime(began);
                    if (doubt.After(trouble, hasOpened))
                    {
                        await Renounce(trouble);
                    }
                }

                if (trouble.Moved.Count > 0)
                {
                    Doubt(trouble.Moved);
                    yield return new CalendarSignal.Moved(trouble.Moved);
                }

                yield return new CalendarSignal.Interrupted(trouble.Reason);
                await pauses.After(trouble, lived, cancellation);
            }
        }
        finally
        {
            await subscriptions.GiveBack();
        }
    }

    // In the name of a covered mailbox, so that the stream counts against that one's budget and not the
    // account's; of another one, once the server said that the budget is used up.
    private async Task<(EnvelopeStream? Stream, Trouble? Trouble)> Open(
        Places places, CancellationToken cancellation)
    {
        var covered = subscriptions.Covered;
        var ids = covered.Select(mailbox => subscriptions[mailbox.Id]).ToList();
        var minutes = places.AreWanted
            ? Math.Min(subscriptions.StreamMinutes, settings.SharedStreamMinutes)
            : subscriptions.StreamMinutes;
        var request = new EwsRequest(
            "GetStreamingEvents",
            covered[speaker % covered.Count].Address,
            xml => GetStreamingEvents.Write(xml, ids, minutes),
            subscriptions.Affinity);
        try
        {
            var life = TimeSpan.FromMinutes(minutes) + settings.StreamGrace;
            return await client.Open(request, life, cancellation) switch
            {
                Reply<EnvelopeStream>.Answer answer => (answer.Value, null),
                Reply<EnvelopeStream>.Busy busy => (null, Trouble.Busy(busy.Until)),
                Reply<EnvelopeStream>.Refused refused when Codes.IsOfTheConnection(refused.Code) =>
                    (null, new Trouble(refused.Code)),
                var refused => (null, Refused(Codes.Of(refused), [])),
            };
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            return (null, new Trouble(Trouble.Broken));
        }
    }

    // A server that lives and has too much to do would keep the old subscriptions beside the new ones.
    private async Task Renounce(Trouble trouble)
    {
        if (trouble.IsOverload)
        {
            await subscriptions.GiveBack();
        }

        subscriptions.DropAll();
    }

    private (IReadOnlyList<CalendarSignal> Signals, Trouble? Trouble) React(StreamStep step) => step switch
    {
        StreamStep.Ended ended => ([], new Trouble(ended.Reason)),
        StreamStep.Notice notice => (Signals(notice.Content), End(notice.Content)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private List<CalendarSignal> Signals(StreamedNotice notice)
    {
        var signals = new List<CalendarSignal>();
        var isGood = notice.Verdict.Code == Verdict.NoError && notice.Lost.Count == 0;
        if (isGood && !hasOpened)
        {
            hasOpened = true;
            MailboxId[] covered = [.. subscriptions.Covered.Select(mailbox => mailbox.Id)];
            signals.Add(new CalendarSignal.Opened(covered));
        }
        else if (isGood && notice is { Changed: [], IsClosed: false })
        {
            signals.Add(new CalendarSignal.Alive());
        }

        var changed = notice.Changed.Select(subscriptions.Owner).OfType<MailboxId>();
        signals.AddRange(changed.Select(mailbox => new CalendarSignal.Changed(mailbox)));
        return signals;
    }

    private Trouble? End(StreamedNotice notice) =>
        notice.Verdict.Code != Verdict.NoError || notice.Lost.Count > 0 ? Refusal(notice)
        : notice.IsClosed ? new Trouble("closed", IsRegular: true)
        : null;

    private Trouble Refusal(StreamedNotice notice)
    {
        var refused = Refused(notice.Verdict.Code, notice.Lost);
        return notice.Verdict.IsBusy
            ? Trouble.Busy(client.BeginBackOff(notice.Verdict, subscriptions.Affinity))
            : refused;
    }

    private void Doubt(IReadOnlyList<MailboxId> moved)
    {
        foreach (var mailbox in group.Where(mailbox => moved.Contains(mailbox.Id)))
        {
            client.Placement.LocationDoubted(mailbox.Address);
        }
    }

    // Which ones are lost the server says sometimes; where it does not, or not of ours, all are.
    private Trouble Refused(string code, IReadOnlyList<string> lost)
    {
        var effect = Codes.OnStream(code);
        if (lost.Count == 0 && effect is StreamEffect.Refuse or StreamEffect.Overload)
        {
            speaker += code == Codes.TooManyConnections ? 1 : 0;
            return Codes.IsOfTheConnection(code)
                ? new Trouble(code)
                : new Trouble(Trouble.StreamRefused, IsOverload: effect == StreamEffect.Overload);
        }

        MailboxId[] named = [.. lost.Select(subscriptions.Owner).OfType<MailboxId>()];
        MailboxId[] concerned = named.Length > 0
            ? named
            : [.. subscriptions.Covered.Select(mailbox => mailbox.Id)];
        if (named.Length > 0)
        {
            subscriptions.Drop(lost);
        }
        else
        {
            subscriptions.DropAll();
        }

        if (effect == StreamEffect.Rest && named.Length > 0)
        {
            // Those that are not named do not rest with the one that moves; which it is, subscribing tells.
            subscriptions.Rest(concerned, settings.MovePause);
        }

        var mayHaveMoved = effect is StreamEffect.Rest or StreamEffect.ResubscribeElsewhere;
        return new Trouble(Trouble.SubscriptionsLost) { Moved = mayHaveMoved ? concerned : [] };
    }
}
