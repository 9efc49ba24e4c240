namespace HybridCalendar.ExchangeLab.Model;

/// <summary>Who gets a mail about a write.</summary>
public enum SendTo
{
    None,

    /// <summary>Everybody who is asked, and who is not asked any more.</summary>
    All,

    /// <summary>Only those who are newly asked or not asked any more.</summary>
    Changed,
}

/// <summary>What becomes of the mails of a write.</summary>
public readonly record struct Sending(SendTo To, bool SavesCopy)
{
    public static Sending Nothing => default;
}
