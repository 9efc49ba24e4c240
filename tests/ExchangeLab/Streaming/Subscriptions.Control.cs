using HybridCalendar.ExchangeLab.Ews;
using HybridCalendar.ExchangeLab.Model;

namespace HybridCalendar.ExchangeLab.Streaming;

/// <content>What tests do to subscriptions and streams.</content>
internal sealed partial class Subscriptions
{
    private readonly HashSet<string> _refusedNext = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Drops every subscription, as a server that fails over does.</summary>
    public void Forget()
    {
        lock (_organization.Gate)
        {
            foreach (var subscription in _byId.Values.ToList())
            {
                Remove(subscription);
            }
        }
    }

    /// <summary>Breaks the streams of one back end and drops its subscriptions.</summary>
    public void Forget(int backEnd)
    {
        lock (_organization.Gate)
        {
            Cut(connection => connection.BackEnd == backEnd);
            foreach (var subscription in _byId.Values.Where(one => one.BackEnd == backEnd).ToList())
            {
                Remove(subscription);
            }
        }
    }

    /// <summary>
    /// Lets the subscriptions of a mailbox (of all, for null) fail: now where somebody listens, at the next
    /// attempt to listen elsewhere. A full mailbox refuses the next subscription instead.
    /// </summary>
    public int Fail(EwsError error, Mailbox? mailbox)
    {
        lock (_organization.Gate)
        {
            if (error.Code == StreamFailures.TooManySubscriptions)
            {
                _refusedNext.Add(mailbox?.Address ?? "");
                return 0;
            }

            var meant = _byId.Values.Where(one => mailbox is null || one.Mailbox == mailbox).ToList();
            foreach (var subscription in meant)
            {
                Fail(subscription, error);
            }

            return meant.Count;
        }
    }

    /// <summary>Gives all subscriptions to another account, as if it had made them.</summary>
    public void GiveTo(string account)
    {
        lock (_organization.Gate)
        {
            foreach (var subscription in _byId.Values)
            {
                subscription.Owner = account;
            }
        }
    }

    /// <summary>Breaks every open stream abruptly; gives how many there were.</summary>
    public int CutAll() => Cut(_ => true);

    /// <summary>Lets every open stream end; gives how many there were.</summary>
    public int EndAll(StreamEnding ending)
    {
        lock (_organization.Gate)
        {
            foreach (var connection in _connections)
            {
                connection.End(ending);
            }

            return _connections.Count;
        }
    }

    /// <summary>Makes every open stream look at the settings again.</summary>
    public void WakeAll()
    {
        lock (_organization.Gate)
        {
            foreach (var connection in _connections)
            {
                connection.Send(new StreamSignal("", null, 0, null));
            }
        }
    }

    private int Cut(Func<StreamConnection, bool> isMeant)
    {
        lock (_organization.Gate)
        {
            var open = _connections.Where(isMeant).ToList();
            foreach (var connection in open)
            {
                Detach(connection);
                connection.Cut();
            }

            return open.Count;
        }
    }

    private void Fail(Subscription subscription, EwsError error)
    {
        if (subscription.Connection is null)
        {
            subscription.Failure = error;
        }
        else if (StreamFailures.LeavesSubscription(error.Code))
        {
            subscription.Connection.Send(new StreamSignal(subscription.Id, null, 0, error));
        }
        else
        {
            Remove(subscription, error);
        }
    }

    /// <summary>What fails when these are listened to; it fails once.</summary>
    private StreamRefusal? TakeFailure(IReadOnlyList<string> ids)
    {
        var failing = ids.Select(id => _byId[id]).Where(one => one.Failure is not null).ToList();
        if (failing.Count == 0)
        {
            return null;
        }

        var error = failing[0].Failure!;
        foreach (var subscription in failing)
        {
            subscription.Failure = null;
            if (!StreamFailures.LeavesSubscription(error.Code))
            {
                Remove(subscription);
            }
        }

        var bad = failing.ConvertAll(one => one.Id);
        return new StreamRefusal(error, bad, [.. ids.Except(bad)]);
    }

    private bool IsNextRefused(Mailbox mailbox) =>
        _refusedNext.Remove(mailbox.Address) || _refusedNext.Remove("");

    /// <summary>A client that does not read loses the subscriptions of the connection.</summary>
    private void Overflow(StreamConnection connection)
    {
        foreach (var subscription in _byId.Values.Where(one => one.Connection == connection).ToList())
        {
            Remove(subscription);
        }
    }
}
