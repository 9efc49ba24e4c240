using System.Runtime.CompilerServices;
using HybridCalendar.Adapters.Exchange.Operations;
using HybridCalendar.Adapters.Exchange.Soap;
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

    private readonly Pauses pauses = new(settings, time);
    private readonly Doubt doubt = new();
    private bool hasOpened;

    internal async IAsyncEnumerable<CalendarSignal> Run(
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                hasOpened = false;
                var (refused, trouble) = await subscriptions.Complete(cancellation);
                foreach (var signal in refused)
                {
                    yield return signal;
                }

                trouble ??= subscriptions.Covered.Count == 0 ? new Trouble("nobody-to-watch") : null;
                EnvelopeStream? opened = null;
                if (trouble is null)
                {
                    (opened, trouble) = await Open(cancellation);
                }

                trouble = trouble is not null && subscriptions.IsOfFormerAccount
                    ? new Trouble(Codes.AccountChanged)
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

                var lived = opened is null ? TimeSpan.Zero : time.GetElapsedTime(began);
                if (doubt.After(trouble, hasOpened))
                {
                    await Renounce(trouble);
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
    // account's.
    private async Task<(EnvelopeStream? Stream, Trouble? Trouble)> Open(CancellationToken cancellation)
    {
        var covered = subscriptions.Covered;
        var ids = covered.Select(mailbox => subscriptions[mailbox.Id]).ToList();
        var minutes = subscriptions.StreamMinutes;
        var request = new EwsRequest(
            "GetStreamingEvents",
            covered[0].Address,
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

    // Which ones are lost the server says sometimes; where it does not, all are.
    private Trouble Refused(string code, IReadOnlyList<string> lost)
    {
        if (Codes.DoubtsLocation(code))
        {
            var owners = lost.Select(subscriptions.Owner).ToHashSet();
            foreach (var mailbox in group.Where(mailbox => lost.Count == 0 || owners.Contains(mailbox.Id)))
            {
                client.Placement.LocationDoubted(mailbox.Address);
            }
        }

        if (lost.Count > 0)
        {
            subscriptions.Drop(lost);
            return new Trouble("subscriptions-lost");
        }

        if (Codes.EndsSubscriptions(code))
        {
            subscriptions.DropAll();
            return new Trouble("subscriptions-lost");
        }

        return Codes.IsOfTheConnection(code)
            ? new Trouble(code)
            : new Trouble(Trouble.StreamRefused, IsOverload: Codes.IsOverload(code));
    }
}
