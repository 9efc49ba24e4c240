using System.Collections.Concurrent;
using HybridCalendar.ExchangeLab.Pipeline;

namespace HybridCalendar.ExchangeLab.Authentication;

/// <summary>How signing in went so far.</summary>
internal sealed class SignInStatistics
{
    private readonly ConcurrentDictionary<string, long> _accepted = new(StringComparer.OrdinalIgnoreCase);
    private long _challenged;
    private long _refused;
    private long _handshakes;
    private long _tokens;

    /// <summary>Requests that were let in, by account.</summary>
    public IReadOnlyDictionary<string, long> Accepted =>
        new SortedDictionary<string, long>(_accepted, StringComparer.Ordinal);

    /// <summary>Requests that showed nothing and were told the ways to sign in.</summary>
    public long Challenged => Interlocked.Read(ref _challenged);

    /// <summary>Requests whose proof was not taken.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Handshakes begun.</summary>
    public long Handshakes => Interlocked.Read(ref _handshakes);

    /// <summary>Tokens issued.</summary>
    public long Tokens => Interlocked.Read(ref _tokens);

    public void CountAccepted(Caller caller) =>
        _accepted.AddOrUpdate(caller.Account, 1, (_, count) => count + 1);

    public void CountRefused(bool showedSomething) =>
        Interlocked.Increment(ref showedSomething ? ref _refused : ref _challenged);

    public void CountHandshake() => Interlocked.Increment(ref _handshakes);

    public void CountToken() => Interlocked.Increment(ref _tokens);
}
