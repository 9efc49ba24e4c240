namespace HybridCalendar.ExchangeLab.Model;

/// <summary>A folder of a mailbox that the lab knows.</summary>
public enum Folder
{
    Root = 1,
    Inbox = 2,
    Calendar = 3,
    DeletedItems = 4,
}
