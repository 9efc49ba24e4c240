namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>What an item is to a calendar; names as in CalendarItemTypeType.</summary>
internal enum ItemKind
{
    Single,
    Occurrence,
    Exception,
    RecurringMaster,
}
