using HybridCalendar.ExchangeLab.Control;
using HybridCalendar.ExchangeLab.Ews;
using HybridCalendar.ExchangeLab.Model;

namespace HybridCalendar.ExchangeLab.Streaming;

/// <summary>All subscriptions and open connections. The organization's lock guards them.</summary>
internal sealed class Subscriptions
{
    /// <summary>The subscription limit of a mailbox, as on premises.</summary>
    private const int PerMailboxMax = 5000;

    private const string ConnectionsText = "You have exceeded the available concurrent connections for your "
        + "account. Try again once your other requests have completed.";

    private readonly Dictionary<string, Subscription> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<Mailbox, List<Subscription>> _byMailbox = [];
    private readonly HashSet<StreamConnection> _connections = [];
    private readonly Organization _organization;
    private readonly Faults _faults;
    private readonly Statistics _statistics;
    private readonly TimeProvider _time;
    private readonly TimeSpan _idleMax;
    private readonly int _connectionsMax;
    private int _lastNumber;

    public Subscriptions(
        Organization organization,
        Faults faults,
        Statistics statistics,
        TimeProvider time,
        LabOptions options)
    {
        _idleMax = TimeSpan.FromMinutes(options.SubscriptionMinutes);
        _connectionsMax = options.HangingConnections;
        (_organization, _faults, _statistics, _time) = (organization, faults, statistics, time);
        organization.Changed = Tell;
    }

    public int Count
    {
        get
        {
            lock (_organization.Gate)
            {
                Expire();
                return _byId.Count;
            }
        }
    }

    public int OpenStreams
    {
        get
        {
            lock (_organization.Gate)
            {
                return _connections.Count;
            }
        }
    }

    /// <summary>Begins a subscription that only the given back end knows; gives its id.</summary>
    public string Add(
        int backEnd, Mailbox mailbox, IReadOnlySet<Folder>? folders, IReadOnlySet<ChangeKind> kinds)
    {
        lock (_organization.Gate)
        {
            Expire();
            if (!_byMailbox.TryGetValue(mailbox, out var siblings))
            {
                _byMailbox[mailbox] = siblings = [];
            }

            if (siblings.Count >= PerMailboxMax)
            {
                throw new EwsError("ErrorExceededSubscriptionCount",
                    "You have exceeded the available subscriptions for your account.");
            }

            var id = SubscriptionIds.New(
                _organization.Seed, ++_lastNumber, backEnd, _organization.Clock.Now);
            var subscription = new Subscription(id, backEnd, mailbox, folders, kinds)
            {
                UnattachedSince = _time.GetUtcNow(),
            };
            _byId.Add(subscription.Id, subscription);
            siblings.Add(subscription);
            return subscription.Id;
        }
    }

    /// <summary>Ends a subscription; false when the back end does not know it.</summary>
    public bool Remove(int backEnd, string id)
    {
        lock (_organization.Gate)
        {
            Expire();
            if (!Knows(backEnd, id))
            {
                return false;
            }

            Remove(_byId[id]);
            return true;
        }
    }

    /// <summary>
    /// Ties subscriptions to a connection, all or none; gives the ids that its back end does not know.
    /// </summary>
    public IReadOnlyList<string> Attach(IReadOnlyList<string> ids, StreamConnection connection)
    {
        lock (_organization.Gate)
        {
            Expire();
            var unknown = ids.Where(id => !Knows(connection.BackEnd, id)).ToList();
            if (unknown.Count > 0)
            {
                return unknown;
            }

            if (_connections.Count(one => one.Account == connection.Account) >= _connectionsMax)
            {
                throw new EwsError("ErrorExceededConnectionCount", ConnectionsText);
            }

            foreach (var id in ids)
            {
                _byId[id].Connection = connection;
            }

            _connections.Add(connection);
            return unknown;
        }
    }

    /// <summary>Ends a connection; its subscriptions live on without being told anything.</summary>
    public void Detach(StreamConnection connection)
    {
        lock (_organization.Gate)
        {
            _connections.Remove(connection);
            foreach (var subscription in _byId.Values.Where(one => one.Connection == connection))
            {
                subscription.Connection = null;
                subscription.UnattachedSince = _time.GetUtcNow();
            }
        }
    }

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

    /// <summary>Breaks every open stream abruptly; gives how many there were.</summary>
    public int CutAll() => Cut(_ => true);

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

    /// <summary>Makes every open stream look at the settings again.</summary>
    public void WakeAll()
    {
        lock (_organization.Gate)
        {
            foreach (var connection in _connections)
            {
                connection.Send(new StreamSignal("", null, 0, IsForgotten: false));
            }
        }
    }

    private void Tell(MailboxChange change)
    {
        foreach (var subscription in _byMailbox.GetValueOrDefault(change.Mailbox) ?? [])
        {
            if (subscription.Connection is not { } connection || !subscription.Wants(change))
            {
                continue;
            }

            var due = _time.GetTimestamp() + _faults.DelayTimestampTicks(_time);
            for (var copies = _faults.CopiesOfNotification(); copies > 0; copies--)
            {
                connection.Send(new StreamSignal(subscription.Id, change, due, IsForgotten: false));
                _statistics.CountNotification();
            }
        }
    }

    private bool Knows(int backEnd, string id) => _byId.GetValueOrDefault(id)?.BackEnd == backEnd;

    /// <summary>Drops what nobody listened to for too long.</summary>
    private void Expire()
    {
        var oldest = _time.GetUtcNow() - _idleMax;
        foreach (var subscription in _byId.Values
            .Where(one => one.Connection is null && one.UnattachedSince <= oldest).ToList())
        {
            Remove(subscription);
        }
    }

    private void Remove(Subscription subscription)
    {
        _byId.Remove(subscription.Id);
        _byMailbox[subscription.Mailbox].Remove(subscription);
        subscription.Connection?.Send(new StreamSignal(subscription.Id, null, 0, IsForgotten: true));
    }
}
