using HybridCalendar.ExchangeLab.Control;
using HybridCalendar.ExchangeLab.Ews;
using HybridCalendar.ExchangeLab.Model;

namespace HybridCalendar.ExchangeLab.Streaming;

/// <summary>All subscriptions and open connections. The organization's lock guards them.</summary>
internal sealed partial class Subscriptions
{
    private readonly Dictionary<string, Subscription> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<Mailbox, List<Subscription>> _byMailbox = [];
    private readonly HashSet<StreamConnection> _connections = [];
    private readonly Organization _organization;
    private readonly Faults _faults;
    private readonly Statistics _statistics;
    private readonly TimeProvider _time;
    private readonly TimeSpan _idleMax;
    private readonly int _perMailboxMax;
    private DateTimeOffset _nextExpiry = DateTimeOffset.MinValue;
    private int _lastNumber;

    public Subscriptions(
        Organization organization,
        Faults faults,
        Statistics statistics,
        TimeProvider time,
        LabOptions options)
    {
        _idleMax = TimeSpan.FromMinutes(options.SubscriptionMinutes);
        _perMailboxMax = options.SubscriptionsPerMailbox;
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
        int backEnd,
        string account,
        Mailbox mailbox,
        IReadOnlySet<Folder>? folders,
        IReadOnlySet<ChangeKind> kinds)
    {
        lock (_organization.Gate)
        {
            Expire();
            if (!_byMailbox.TryGetValue(mailbox, out var siblings))
            {
                _byMailbox[mailbox] = siblings = [];
            }

            if (siblings.Count >= _perMailboxMax || IsNextRefused(mailbox))
            {
                throw StreamFailures.Of(StreamFailures.TooManySubscriptions);
            }

            var id = SubscriptionIds.New(
                _organization.Seed, ++_lastNumber, backEnd, _organization.Clock.Now);
            var subscription = new Subscription(id, backEnd, account, mailbox, folders, kinds)
            {
                UnattachedSince = _time.GetUtcNow(),
            };
            _byId.Add(subscription.Id, subscription);
            siblings.Add(subscription);
            return subscription.Id;
        }
    }

    /// <summary>Ends a subscription; one that is unknown or another account's is an error.</summary>
    public void End(int backEnd, string account, string id)
    {
        lock (_organization.Gate)
        {
            Expire();
            if (!Knows(backEnd, id))
            {
                throw StreamFailures.Of(StreamFailures.NotFound);
            }

            if (!IsOwn(id, account))
            {
                throw StreamFailures.Of(StreamFailures.AccessDenied);
            }

            Remove(_byId[id]);
        }
    }

    /// <summary>Ties subscriptions to a connection, all or none; gives what is against it.</summary>
    public StreamRefusal? Attach(
        IReadOnlyList<string> ids, StreamConnection connection, int connectionsMax)
    {
        lock (_organization.Gate)
        {
            Expire();
            if (Objection(ids, connection) is { } refusal)
            {
                return refusal;
            }

            if (_connections.Count(one => one.Budget == connection.Budget) >= connectionsMax)
            {
                return new StreamRefusal(StreamFailures.Of(StreamFailures.TooManyConnections), [], []);
            }

            foreach (var id in ids)
            {
                _byId[id].Connection = connection;
            }

            _connections.Add(connection);
            return null;
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

    private StreamRefusal? Objection(IReadOnlyList<string> ids, StreamConnection connection) =>
        Refuse(ids, id => !Knows(connection.BackEnd, id), StreamFailures.NotFound)
        ?? Refuse(ids, id => !IsOwn(id, connection.Account), StreamFailures.AccessDenied)
        ?? TakeFailure(ids);

    private static StreamRefusal? Refuse(IReadOnlyList<string> ids, Func<string, bool> isBad, string code)
    {
        var bad = ids.Where(isBad).ToList();
        return bad.Count == 0
            ? null
            : new StreamRefusal(StreamFailures.Of(code), bad, [.. ids.Except(bad)]);
    }

    private void Tell(MailboxChange change)
    {
        if (!_byMailbox.TryGetValue(change.Mailbox, out var subscriptions))
        {
            return;
        }

        foreach (var subscription in subscriptions.ToList())
        {
            if (subscription.Connection is { } connection && subscription.Wants(change))
            {
                Send(change, subscription, connection);
            }
        }
    }

    private void Send(MailboxChange change, Subscription subscription, StreamConnection connection)
    {
        var due = _time.GetTimestamp() + _faults.DelayTimestampTicks(_time);
        for (var copies = _faults.CopiesOfNotification(); copies > 0; copies--)
        {
            if (!connection.Send(new StreamSignal(subscription.Id, change, due, null)))
            {
                Overflow(connection);
                return;
            }

            _statistics.CountNotification();
        }
    }

    private bool Knows(int backEnd, string id) => _byId.GetValueOrDefault(id)?.BackEnd == backEnd;

    private bool IsOwn(string id, string account) =>
        _byId[id].Owner.Equals(account, StringComparison.OrdinalIgnoreCase);

    /// <summary>Drops what nobody listened to for too long.</summary>
    private void Expire()
    {
        var now = _time.GetUtcNow();
        if (now < _nextExpiry)
        {
            return;
        }

        var idle = _byId.Values.Where(one => one.Connection is null).ToList();
        foreach (var subscription in idle.Where(one => one.UnattachedSince <= now - _idleMax))
        {
            Remove(subscription);
        }

        var oldest = idle.Where(one => one.UnattachedSince > now - _idleMax)
            .Select(one => one.UnattachedSince).DefaultIfEmpty(now).Min();
        _nextExpiry = oldest + _idleMax;
    }

    private void Remove(Subscription subscription, EwsError? why = null)
    {
        _byId.Remove(subscription.Id);
        _byMailbox[subscription.Mailbox].Remove(subscription);
        subscription.Connection?.Send(new StreamSignal(
            subscription.Id, null, 0, why ?? StreamFailures.Of(StreamFailures.NotFound)));
    }
}
