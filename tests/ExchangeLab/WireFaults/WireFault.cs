using HybridCalendar.ExchangeLab.Model;

namespace HybridCalendar.ExchangeLab.WireFaults;

/// <summary>A fault that strikes EWS requests while it is on: which ones, how often, and how.</summary>
public sealed record WireFault
{
    public required WireFaultKind Kind { get; init; }

    /// <summary>The share of the requests meant that it strikes: 0 (never) to 1 (always).</summary>
    public double Share { get; init; } = 1;

    /// <summary>After how many strikes it is over; never, when missing.</summary>
    public int? Count { get; init; }

    /// <summary>What, together with the lab's seed, the dice are drawn by.</summary>
    public long Seed { get; init; }

    /// <summary>The operations that it strikes, by name; all, when there are none.</summary>
    public IReadOnlyList<string> Operations { get; init; } = [];

    /// <summary>The mailboxes in whose name requests are struck; all, when there are none.</summary>
    public IReadOnlyList<string> Mailboxes { get; init; } = [];

    /// <summary>In which form answers without SOAP say when to come again.</summary>
    public RetryAfter RetryAfter { get; init; }

    public int RetryAfterSeconds { get; init; } = 30;

    /// <summary>How late a delayed answer comes.</summary>
    public int Milliseconds { get; init; }

    /// <summary>Where a redirection leads.</summary>
    public string? Location { get; init; }

    /// <summary>The response code of faults and errors.</summary>
    public string? Code { get; init; }

    /// <summary>The header X-CasErrorCode of answers without SOAP.</summary>
    public string? CasErrorCode { get; init; }

    /// <summary>Refuses what makes no sense.</summary>
    public void Check()
    {
        var wantsCode = Kind is WireFaultKind.Fault or WireFaultKind.Error;
        var objection = Share is not (>= 0 and <= 1)
                ? "the share is out of range: give 0 (never) to 1 (always)"
            : Count < 0 || Milliseconds < 0 || RetryAfterSeconds < 0 ? "a number is negative: give 0 or more"
            : wantsCode && string.IsNullOrEmpty(Code) ? "it has no code: give a response code"
            : Kind == WireFaultKind.Redirect && string.IsNullOrEmpty(Location)
                ? "it has no location: name one"
            : null;
        if (objection is not null)
        {
            throw new LabRefusal($"The fault {Kind} cannot be: {objection}.");
        }
    }
}
