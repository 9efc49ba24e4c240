namespace HybridCalendar.ExchangeLab.Model;

/// <summary>What a mailbox shows to others who ask when its owner is free.</summary>
public enum FreeBusyAccess
{
    None,

    /// <summary>Times only: what Exchange shows unless told otherwise.</summary>
    Times,

    /// <summary>Times, subjects and locations.</summary>
    Details,
}
