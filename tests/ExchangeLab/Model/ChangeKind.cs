namespace HybridCalendar.ExchangeLab.Model;

/// <summary>What a notification says has happened; names as in the event types of the protocol.</summary>
public enum ChangeKind
{
    Created,
    Modified,
    Deleted,
    Moved,
    Copied,
    FreeBusyChanged,

    /// <summary>A modified event about the calendar folder itself.</summary>
    FolderModified,
}
