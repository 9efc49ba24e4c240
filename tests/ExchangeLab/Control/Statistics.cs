using System.Collections.Concurrent;
using HybridCalendar.ExchangeLab.WireFaults;

namespace HybridCalendar.ExchangeLab.Control;

/// <summary>What the lab has been asked so far.</summary>
internal sealed class Statistics
{
    private readonly ConcurrentDictionary<string, long> _requests = new(StringComparer.Ordinal);
    private long _notifications;
    private long _busyAnswers;
    private long _requestsDuringBackOff;
    private long _missingAnchors;
    private long _wrongAnchors;
    private long _invalidRequests;
    private long _invalidReplies;
    private readonly ConcurrentDictionary<WireFaultKind, long> _faults = new();

    /// <summary>How often each fault on the wire struck.</summary>
    public IReadOnlyDictionary<WireFaultKind, long> Faults =>
        new SortedDictionary<WireFaultKind, long>(_faults);

    /// <summary>Requests in the name of a mailbox without X-AnchorMailbox.</summary>
    public long MissingAnchors => Interlocked.Read(ref _missingAnchors);

    /// <summary>Requests in the name of a mailbox with another one in X-AnchorMailbox.</summary>
    public long WrongAnchors => Interlocked.Read(ref _wrongAnchors);

    /// <summary>Requests that the schemas forbid, or that could not be read as SOAP.</summary>
    public long InvalidRequests => Interlocked.Read(ref _invalidRequests);

    /// <summary>Replies that the schemas forbid, of which none was sent: faults of the lab.</summary>
    public long InvalidReplies => Interlocked.Read(ref _invalidReplies);

    public IReadOnlyDictionary<string, long> Requests =>
        new SortedDictionary<string, long>(_requests, StringComparer.Ordinal);

    public long NotificationsSent => Interlocked.Read(ref _notifications);

    public long BusyAnswers => Interlocked.Read(ref _busyAnswers);

    public long RequestsDuringBackOff => Interlocked.Read(ref _requestsDuringBackOff);

    public void CountRequest(string operation) =>
        _requests.AddOrUpdate(operation, 1, (_, count) => count + 1);

    public void CountFault(WireFaultKind kind) => _faults.AddOrUpdate(kind, 1, (_, count) => count + 1);

    public void CountMissingAnchor() => Interlocked.Increment(ref _missingAnchors);

    public void CountWrongAnchor() => Interlocked.Increment(ref _wrongAnchors);

    public void CountInvalidRequest() => Interlocked.Increment(ref _invalidRequests);

    public void CountInvalidReply() => Interlocked.Increment(ref _invalidReplies);

    public void CountNotification() => Interlocked.Increment(ref _notifications);

    public void CountBusyAnswer() => Interlocked.Increment(ref _busyAnswers);

    public void CountRequestDuringBackOff() => Interlocked.Increment(ref _requestsDuringBackOff);
}
