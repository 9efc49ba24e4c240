using HybridCalendar.ExchangeLab.Ews;
using HybridCalendar.ExchangeLab.Model;

namespace HybridCalendar.ExchangeLab.Streaming;

/// <summary>
/// A wish to be told about a mailbox: it belongs to the service account and outlives connections.
/// </summary>
internal sealed class Subscription(
    string id,
    int backEnd,
    string owner,
    Mailbox mailbox,
    IReadOnlySet<Folder>? folders,
    IReadOnlySet<ChangeKind> kinds)
{
    public string Id { get; } = id;

    /// <summary>The only back end that knows it.</summary>
    public int BackEnd { get; } = backEnd;

    /// <summary>The account that subscribed: only it can listen and unsubscribe.</summary>
    public string Owner { get; set; } = owner;

    /// <summary>What the next attempt to listen is answered with; null when nothing is wrong.</summary>
    public EwsError? Failure { get; set; }

    public Mailbox Mailbox { get; } = mailbox;

    /// <summary>Where notifications go; while null they are lost.</summary>
    public StreamConnection? Connection { get; set; }

    /// <summary>Since when nobody listens; it says nothing while there is a connection.</summary>
    public required DateTimeOffset UnattachedSince { get; set; }

    public bool Wants(MailboxChange change)
    {
        var kind = change.Kind == ChangeKind.FolderModified ? ChangeKind.Modified : change.Kind;
        var inFolder = folders is null || folders.Contains(change.Folder)
            || (change.OldSerial != 0 && folders.Contains(change.OldFolder));
        return inFolder && kinds.Contains(kind);
    }
}
