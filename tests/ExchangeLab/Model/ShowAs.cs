namespace HybridCalendar.ExchangeLab.Model;

/// <summary>How an entry shows its owner to others; names as in the schema's LegacyFreeBusyType.</summary>
public enum ShowAs
{
    Free,
    Tentative,
    Busy,
    OOF,
    WorkingElsewhere,
    NoData,
}
