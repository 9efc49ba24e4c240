using HybridCalendar.ExchangeLab.WireFaults;

namespace HybridCalendar.ExchangeLab.Control;

/// <summary>Which faults are on. Shares are 0 (never) to 1 (always).</summary>
public sealed record FaultSettings
{
    public double DropNotifications { get; init; }

    public double DoubleNotifications { get; init; }

    public int DelayNotificationsMilliseconds { get; init; }

    /// <summary>The share of EWS requests that are answered with "busy".</summary>
    public double Busy { get; init; }

    public int BusyBackOffMilliseconds { get; init; } = 1000;

    /// <summary>fault, response, inner, http503 or http429: what carries the "busy".</summary>
    public string BusyCarrier { get; init; } = "fault";

    /// <summary>The share of items whose Start GetItem writes unreadably.</summary>
    public double MalformedItems { get; init; }

    /// <summary>The mailboxes in whose name every EWS request is answered with HTTP 502.</summary>
    public IReadOnlyList<string> FailingMailboxes { get; init; } = [];

    /// <summary>What strikes requests on the wire, in this order.</summary>
    public IReadOnlyList<WireFault> Wire { get; init; } = [];

    /// <summary>The share of items in whose place GetItem gives an internal server error.</summary>
    public double PoisonItems { get; init; }

    /// <summary>The share of items that are gone when GetItem asks for them.</summary>
    public double GoneItems { get; init; }

    /// <summary>The share of pages that are shorter than asked for, though more is to come.</summary>
    public double ShortPages { get; init; }

    /// <summary>Whether the service account's password is refused.</summary>
    public bool RefuseLogon { get; init; }

    /// <summary>Whether texts hold a character that XML forbids.</summary>
    public bool IllegalCharacters { get; init; }
}
