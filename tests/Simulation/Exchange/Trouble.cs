using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Adapters.Exchange.Autodiscover;
using HybridCalendar.ExchangeLab.Model;
using NodaTime;

namespace HybridCalendar.Simulation.Exchange;

/// <summary>What is wrong with Exchange just now.</summary>
internal sealed class Trouble(RepeatableRandom dice, Func<Instant> now)
{
    private readonly Dictionary<string, string> refusals = [];
    private readonly Dictionary<string, int> sites = [];
    private Instant busyUntil = Instant.MinValue;

    /// <summary>Connections break before or after the server did what it was asked for.</summary>
    public bool IsFailingOver { get; set; }

    public IReadOnlyCollection<string> Refused => refusals.Keys;

    /// <summary>The server has no time for anybody.</summary>
    public void BeBusyFor(Duration span) => busyUntil = now() + span;

    /// <summary>Every question about a mailbox is answered with a code.</summary>
    public void Refuse(string address, string code) => refusals[address] = code;

    /// <summary>The mailbox can be read again; after a move it is elsewhere.</summary>
    public void Mend(string address)
    {
        if (refusals.Remove(address, out var code) && code == "ErrorMailboxMoveInProgress")
        {
            sites[address] = sites.GetValueOrDefault(address) + 1;
        }
    }

    public void MendAll()
    {
        IsFailingOver = false;
        busyUntil = Instant.MinValue;
        foreach (var address in refusals.Keys.ToList())
        {
            Mend(address);
        }
    }

    public MailboxLocation PlaceOf(string address) =>
        new(new Uri($"https://site{sites.GetValueOrDefault(address)}.lab.example/EWS/Exchange.asmx"), "");

    /// <summary>What the server says in place of an answer; null when it answers.</summary>
    /// <exception cref="HttpRequestException">The connection breaks.</exception>
    public Reply<T>? Strike<T>(string address)
    {
        if (IsFailingOver && dice.Chance(0.7))
        {
            throw dice.Chance(0.5) ? new HttpRequestException("broken") : new IOException("broken");
        }

        return busyUntil > now() ? new Reply<T>.Busy(busyUntil)
            : refusals.TryGetValue(address, out var code) ? new Reply<T>.Refused(code, "")
            : null;
    }
}
