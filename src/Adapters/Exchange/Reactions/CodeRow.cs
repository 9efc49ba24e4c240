namespace HybridCalendar.Adapters.Exchange.Reactions;

/// <summary>Whose trouble a code tells of, when one of several items was asked for.</summary>
internal enum Blame
{
    /// <summary>The mailbox's, the request's or the item's: it is clear what of it, and asking for others
    /// tells nothing new.</summary>
    Clear,

    /// <summary>The server's or the mailbox's: it says nothing about the item.</summary>
    Server,

    /// <summary>The server's or the item's: asking for others tells.</summary>
    Either,
}

/// <summary>What a code does to a stream of notifications and to its subscriptions.</summary>
internal enum StreamEffect
{
    /// <summary>The stream is refused; the subscriptions live.</summary>
    Refuse,

    /// <summary>The same, and the server has too much to do: it is left alone for longer.</summary>
    Overload,

    /// <summary>The subscriptions concerned are lost; new ones are made at once.</summary>
    Resubscribe,

    /// <summary>The same, and their mailboxes may be on another server.</summary>
    ResubscribeElsewhere,

    /// <summary>The same, and the mailboxes that are named rest for some minutes: they are being moved.
    /// </summary>
    Rest,
}

/// <summary>One row of the table of codes.</summary>
/// <param name="Code">Exchange's response code, or the adapter's own word.</param>
internal sealed record CodeRow(
    string Code,
    Reaction Reaction,
    Blame Blame = Blame.Clear,
    StreamEffect OnStream = StreamEffect.Refuse)
{
    /// <summary>Servers say it now and then without reason: it counts when they say it again.</summary>
    internal bool IsSporadic { get; init; }

    /// <summary>Whoever answered, it was not Exchange: it says nothing of one mailbox of many.</summary>
    internal bool IsOfTheConnection { get; init; }

    /// <summary>Said also of what is there and may not be seen.</summary>
    internal bool MayBeForbidden { get; init; }
}
