using System.Collections.Concurrent;
using HybridCalendar.Adapters.Exchange.Accounts;
using HybridCalendar.Adapters.Exchange.Operations;
using HybridCalendar.Adapters.Exchange.Reactions;
using HybridCalendar.Domain.Mailboxes;

namespace HybridCalendar.Adapters.Exchange.Watching;

/// <summary>
/// The subscriptions of a group of mailboxes: made when missing, kept over connections, given back at the
/// end.
/// </summary>
/// <remarks>Microsoft: how to maintain affinity between group of subscriptions and mailbox server.</remarks>
internal sealed class Subscriptions(
    EwsClient client, IReadOnlyList<WatchedMailbox> group, ExchangeSettings settings, TimeProvider time)
{
    private readonly ConcurrentDictionary<MailboxId, string> ids = new();

    // How often in a row each mailbox failed: those that fail wait behind those that may not.
    private readonly ConcurrentDictionary<MailboxId, int> failures = new();

    // Until when, by the clock that nobody sets, mailboxes are left alone that would be refused anyway.
    private readonly ConcurrentDictionary<MailboxId, (long Since, TimeSpan Pause)> resting = new();

    private MailboxId? anchor;
    private bool wasCutShort;

    /// <summary>The group's anchor is the first mailbox whose subscription was made.</summary>
    internal Affinity Affinity { get; } = new();

    /// <summary>How long a stream is to be kept open before those who are missing are tried again.</summary>
    internal int StreamMinutes =>
        ids.Count == group.Count ? settings.StreamMinutes
        : wasCutShort ? Bounds.ShortestStreamMinutes
        : settings.IncompleteStreamMinutes;

    /// <summary>The mailboxes that have a subscription, in the group's order.</summary>
    internal IReadOnlyList<WatchedMailbox> Covered =>
        [.. group.Where(mailbox => ids.ContainsKey(mailbox.Id))];

    /// <summary>Another account serves now: these subscriptions are not its own.</summary>
    internal bool IsOfFormerAccount => Affinity.Account is { } owner && owner != client.AccountInUse;

    internal string this[MailboxId mailbox] => ids[mailbox];

    /// <summary>The mailbox to which a subscription belongs; null when it is none of ours.</summary>
    internal MailboxId? Owner(string subscription) =>
        group.FirstOrDefault(mailbox => ids.GetValueOrDefault(mailbox.Id) == subscription)?.Id;

    /// <summary>Makes the subscriptions that are missing.</summary>
    /// <param name="account">To whom they belong; those of another are made anew.</param>
    /// <returns>
    /// Who cannot be subscribed; and what kept anybody from being watched, if anything did.
    /// </returns>
    internal async Task<(IReadOnlyList<CalendarSignal.Refused> Refused, Trouble? Trouble)> Complete(
        Account account, CancellationToken cancellation)
    {
        if (account != Affinity.Account)
        {
            DropAll();
            Affinity.Account = account;
        }

        var round = new SubscriptionRound();
        var missing = new Queue<WatchedMailbox>(group
            .Where(mailbox => !ids.ContainsKey(mailbox.Id) && !Rests(mailbox.Id))
            .OrderBy(mailbox => failures.GetValueOrDefault(mailbox.Id)));

        // The first success tells the server to which all others must go.
        while (anchor is null && !round.IsOver && missing.TryDequeue(out var first))
        {
            await Subscribe(first, round, cancellation);
        }

        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = settings.SubscriptionsAtOnce,
            CancellationToken = cancellation,
        };
        await Parallel.ForEachAsync(missing, options, async (mailbox, token) =>
        {
            if (round.IsOver)
            {
                round.Untried.Enqueue(mailbox.Id);
            }
            else
            {
                await Subscribe(mailbox, round, token);
            }
        });
        if (anchor is null && Covered is [var covered, ..])
        {
            Anchor(covered);
        }

        wasCutShort = !round.Untried.IsEmpty;
        var trouble = round.Trouble ?? (ids.IsEmpty ? round.Failure : null);
        return (trouble is null ? round.Signals : [.. round.Refused], trouble);
    }

    /// <summary>These are lost: they will be made anew.</summary>
    internal void Drop(IEnumerable<string> lost)
    {
        foreach (var owner in lost.Select(Owner).OfType<MailboxId>())
        {
            Forget(owner);
            if (owner == anchor)
            {
                // The anchor's server does not know it any more: it may be another one now.
                Loose();
            }
        }
    }

    /// <summary>All are lost, or not to be trusted any more.</summary>
    internal void DropAll()
    {
        foreach (var mailbox in ids.Keys)
        {
            Forget(mailbox);
        }

        Loose();
    }

    /// <summary>These are not subscribed for some time.</summary>
    internal void Rest(IEnumerable<MailboxId> mailboxes, TimeSpan pause)
    {
        foreach (var mailbox in mailboxes)
        {
            resting[mailbox] = (time.GetTimestamp(), pause);
        }
    }

    /// <summary>
    /// Gives all back, as far as that is possible in a short time. The server would forget them anyway.
    /// </summary>
    internal async Task GiveBack()
    {
        using var limit = new CancellationTokenSource(settings.FarewellTimeout, time);
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = settings.SubscriptionsAtOnce,
            CancellationToken = limit.Token,
        };
        try
        {
            await Parallel.ForEachAsync(Covered, options, async (mailbox, token) =>
            {
                var request = new EwsRequest(
                    "Unsubscribe", mailbox.Address, xml => Unsubscribe.Write(xml, ids[mailbox.Id]), Affinity);
                await client.Call(request, Unsubscribe.Read, token);
            });
        }
        catch (Exception late)
            when (late is OperationCanceledException or HttpRequestException or IOException)
        {
            // Politeness only: what is not given back runs out by itself. The call has been counted.
        }

        DropAll();
    }

    private async Task Subscribe(
        WatchedMailbox mailbox, SubscriptionRound round, CancellationToken cancellation)
    {
        var request = new EwsRequest("Subscribe", mailbox.Address, Operations.Subscribe.Write, Affinity);
        try
        {
            switch (await client.Call(request, Operations.Subscribe.Read, cancellation))
            {
                case Reply<string>.Answer answer:
                    ids[mailbox.Id] = answer.Value;
                    Telemetry.Subscribed(1);
                    failures.TryRemove(mailbox.Id, out _);
                    if (anchor is null)
                    {
                        Anchor(mailbox);
                    }

                    return;
                case Reply<string>.Busy busy:
                    round.Trouble = Trouble.Busy(busy.Until);
                    break;
                case Reply<string>.Refused { Reaction: Reaction.SignIn } closed:
                    round.Trouble = new Trouble(closed.Code);
                    break;
                case Reply<string>.Refused refused when Codes.IsOfTheConnection(refused.Code):
                    Fail(mailbox, refused.Code, round);
                    break;
                case var other:
                    var refusal = new CalendarSignal.Refused(mailbox.Id, Codes.Of(other));
                    round.Refused.Enqueue(refusal);
                    Rest([mailbox.Id], PauseAfter(refusal));
                    break;
            }
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            Fail(mailbox, Trouble.Broken, round);
        }

        if (anchor is null)
        {
            // The cookies of a server that did not take it lead nobody else.
            Affinity.Forget();
        }
    }

    private void Fail(WatchedMailbox mailbox, string code, SubscriptionRound round)
    {
        failures.AddOrUpdate(mailbox.Id, 1, static (_, count) => count + 1);
        round.Fail(mailbox.Id, code);
    }

    private TimeSpan PauseAfter(CalendarSignal.Refused refused) => refused.Reaction switch
    {
        Reaction.ParkMailbox or Reaction.Alarm or Reaction.Mistake => settings.ParkedPause,
        _ when Codes.OnStream(refused.Code) == StreamEffect.Rest => settings.MovePause,
        _ => TimeSpan.Zero,
    };

    private bool Rests(MailboxId mailbox) =>
        resting.TryGetValue(mailbox, out var rest) && time.GetElapsedTime(rest.Since) < rest.Pause;

    private void Forget(MailboxId mailbox)
    {
        if (ids.TryRemove(mailbox, out _))
        {
            Telemetry.Subscribed(-1);
        }
    }

    private void Anchor(WatchedMailbox mailbox)
    {
        anchor = mailbox.Id;
        Affinity.Anchor = mailbox.Address;
    }

    private void Loose()
    {
        anchor = null;
        Affinity.Forget();
    }
}
