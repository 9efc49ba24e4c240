using HybridCalendar.Simulation.Record;

namespace HybridCalendar.Simulation.Service;

/// <summary>Who has executed, and not yet committed: others that write to the same stream wait.</summary>
internal sealed class Locks
{
    private readonly Dictionary<Guid, (object Owner, ITransaction? Transaction)> held = [];

    public bool IsHeld(Guid stream) => held.ContainsKey(stream);

    /// <param name="transaction">Ends with its owner; null where what is held is of no transaction.</param>
    public void Take(Guid stream, object owner, ITransaction? transaction) =>
        held.Add(stream, (owner, transaction));

    public void LetGo(Guid stream) => held.Remove(stream);

    /// <summary>What a process had open when it ended; nobody holds it any more.</summary>
    public IReadOnlyList<ITransaction> LetGoOf(object owner)
    {
        var left = held.Where(pair => pair.Value.Owner == owner).ToList();
        left.ForEach(pair => held.Remove(pair.Key));
        return [.. left.Select(pair => pair.Value.Transaction).OfType<ITransaction>()];
    }
}
