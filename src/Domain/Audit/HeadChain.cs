namespace HybridCalendar.Domain.Audit;

/// <summary>Whether the signed heads are those that were signed, one after the other.</summary>
/// <param name="keys">Public keys whose signatures count (<see cref="SignedHead.PublicKey"/>).</param>
/// <param name="yours">Heads that whoever checks has kept.</param>
public sealed class HeadChain(IReadOnlySet<string> keys, IReadOnlyList<SignedHead> yours)
{
    private readonly Queue<SignedHead> waiting = new(yours.OrderBy(head => head.Position));
    private SignedHead? before;

    /// <summary>The newest head that was taken; null before the first.</summary>
    public SignedHead? Newest { get; private set; }

    /// <summary>
    /// Those of the kept heads that come before the next stored head and are no longer stored.
    /// </summary>
    public IEnumerable<SignedHead> MissingBefore(SignedHead? stored)
    {
        while (waiting.TryPeek(out var mine) && (stored is null || mine.Position <= stored.Position))
        {
            waiting.Dequeue();
            if (mine.Hash != stored?.Hash)
            {
                yield return mine;
            }
        }
    }

    /// <summary>What is wrong with a head that the database has; null when nothing is.</summary>
    public Finding? Take(SignedHead head)
    {
        var wrong =
            !head.IsSigned() ? "was changed: its signature is not of its text"
            : !keys.Contains(head.PublicKey) ? "was signed with another key"
            : head.Previous != before?.Hash ? "does not follow the one before it: one was removed or changed"
            : null;
        var after = Newest?.Position ?? 0;
        (before, Newest) = (head, head);
        return wrong is null
            ? null
            : new Finding(after, null, $"The signed head of position {head.Position} {wrong}.");
    }
}
