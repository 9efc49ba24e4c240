using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Simulation.Record;

namespace HybridCalendar.Simulation.Service;

/// <summary>Who has executed, and not yet committed: others that write of the same mailbox wait.</summary>
internal sealed class Locks
{
    private readonly Dictionary<MailboxId, (object Owner, ITransaction Transaction)> held = [];

    public bool IsHeld(MailboxId mailbox) => held.ContainsKey(mailbox);

    public void Take(MailboxId mailbox, object owner, ITransaction transaction) =>
        held.Add(mailbox, (owner, transaction));

    public void LetGo(MailboxId mailbox) => held.Remove(mailbox);

    /// <summary>What a process had open when it ended; nobody holds it any more.</summary>
    public IReadOnlyList<ITransaction> LetGoOf(object owner)
    {
        var left = held.Where(pair => pair.Value.Owner == owner).ToList();
        left.ForEach(pair => held.Remove(pair.Key));
        return [.. left.Select(pair => pair.Value.Transaction)];
    }
}
