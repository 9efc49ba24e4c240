namespace HybridCalendar.Adapters.Exchange;

/// <summary>What is to be done after a refusal. The table of all codes is <c>Reactions/ReactionTable.cs</c>.
/// </summary>
public enum Reaction
{
    /// <summary>Not in the table: as <see cref="Retry"/>, and the code is kept as it came.</summary>
    Unknown,

    /// <summary>Trouble that passes: the same again, after pauses that grow.</summary>
    Retry,

    /// <summary>The server is busy: nothing is sent for the account until the time that it names.</summary>
    BackOff,

    /// <summary>Too much at once: the same again later, and less at the same time.</summary>
    Reduce,

    /// <summary>Account or password are not taken: the account waits before it shows them again.</summary>
    SignIn,

    /// <summary>The mailbox may be elsewhere: find its server (Autodiscover), then the same again.</summary>
    Rediscover,

    /// <summary>The mailbox is on its way: the same again after some minutes, where it is by then.</summary>
    AwaitMove,

    /// <summary>This mailbox cannot be read until somebody changes it: it is tried again rarely.</summary>
    ParkMailbox,

    /// <summary>As <see cref="ParkMailbox"/>, and an operator has to act: right, address or server are wrong.
    /// </summary>
    Alarm,

    /// <summary>The request itself is wrong: the same again gets the same. A defect of ours, or of theirs.
    /// </summary>
    Mistake,

    /// <summary>This one item cannot be given: it is set aside, and the others go on.</summary>
    ParkItem,

    /// <summary>What was asked about is no more.</summary>
    Gone,

    /// <summary>The cursor is not known any more: read from the beginning.</summary>
    Resync,

    /// <summary>The folder is not there: look for it once, by reading from the beginning.</summary>
    FindFolder,

    /// <summary>The subscription is lost: make another one, then look.</summary>
    Resubscribe,

    /// <summary>Too much was asked for: ask for less time, or for fewer mailboxes, in each request.</summary>
    AskForLess,

    /// <summary>The rest of a batch was not looked at: ask for it.</summary>
    AskForRest,

    /// <summary>Somebody else wrote meanwhile: read again, decide again, write again, a few times.</summary>
    Refetch,

    /// <summary>The server does not speak this dialect: speak an older one, at once.</summary>
    Downgrade,
}
