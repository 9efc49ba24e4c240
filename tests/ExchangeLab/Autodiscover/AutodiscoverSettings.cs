namespace HybridCalendar.ExchangeLab.Autodiscover;

/// <summary>How Autodiscover answers.</summary>
public sealed record AutodiscoverSettings
{
    /// <summary>Whether autodiscover.svc is there.</summary>
    public bool Soap { get; init; } = true;

    /// <summary>Whether autodiscover.xml is there.</summary>
    public bool PlainXml { get; init; } = true;

    /// <summary>Whether autodiscover.json is there.</summary>
    public bool VersionTwo { get; init; } = true;

    /// <summary>The EWS address of mailboxes that have none of their own; null for the lab's.</summary>
    public Uri? EwsUrl { get; init; }

    /// <summary>Where a GET of autodiscover.xml leads, with a 302; null to ask for a sign-in.</summary>
    public Uri? Signpost { get; init; }

    /// <summary>Where every other request leads, with a 302, before anybody is asked who it is.</summary>
    public Uri? Found { get; init; }

    /// <summary>By address: another address, or a URL, to which its mailbox is redirected.</summary>
    public IReadOnlyDictionary<string, string> Redirects { get; init; } = new Dictionary<string, string>();

    /// <summary>The error of every SOAP reply as a whole, e.g. ServerBusy.</summary>
    public string Error { get; init; } = NoError;

    /// <summary>By address: the error of a mailbox, e.g. InvalidUser.</summary>
    public IReadOnlyDictionary<string, string> UserErrors { get; init; } = new Dictionary<string, string>();

    /// <summary>By name: the error of a setting, e.g. SettingIsNotAvailable.</summary>
    public IReadOnlyDictionary<string, string> SettingErrors { get; init; } =
        new Dictionary<string, string>();

    /// <summary>The most mailboxes that one SOAP request may ask for.</summary>
    public int MostUsers { get; init; } = 200;

    /// <summary>What the protocol calls the absence of an error.</summary>
    internal const string NoError = "NoError";
}
