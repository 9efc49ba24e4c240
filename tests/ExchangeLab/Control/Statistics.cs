using System.Collections.Concurrent;

namespace HybridCalendar.ExchangeLab.Control;

/// <summary>What the lab has been asked so far.</summary>
internal sealed class Statistics
{
    private readonly ConcurrentDictionary<string, long> _requests = new(StringComparer.Ordinal);
    private long _notifications;
    private long _busyAnswers;
    private long _requestsDuringBackOff;

    public IReadOnlyDictionary<string, long> Requests =>
        new SortedDictionary<string, long>(_requests, StringComparer.Ordinal);

    public long NotificationsSent => Interlocked.Read(ref _notifications);

    public long BusyAnswers => Interlocked.Read(ref _busyAnswers);

    public long RequestsDuringBackOff => Interlocked.Read(ref _requestsDuringBackOff);

    public void CountRequest(string operation) =>
        _requests.AddOrUpdate(operation, 1, (_, count) => count + 1);

    public void CountNotification() => Interlocked.Increment(ref _notifications);

    public void CountBusyAnswer() => Interlocked.Increment(ref _busyAnswers);

    public void CountRequestDuringBackOff() => Interlocked.Increment(ref _requestsDuringBackOff);
}
