using HybridCalendar.Adapters.Exchange.Accounts;

namespace HybridCalendar.Adapters.Exchange.Autodiscover;

/// <summary>
/// To which hosts one search may show the account. A refusal is not the end, since it may come from a host
/// that is not Exchange; but a directory locks an account that is refused too often.
/// </summary>
/// <remarks>
/// A good account is shown to a few hosts. One that was refused everywhere is shown to one host a pause, in
/// turn, until it is taken.
/// </remarks>
internal sealed class Showing(Account account, HashSet<string> refusedInTurn)
{
    private readonly HashSet<string> refused = new(StringComparer.OrdinalIgnoreCase);
    private readonly bool wasRefused = account.IsRefused;
    private bool hasPassed;
    private bool hasSkipped;

    /// <summary>Asks to show the account to a host.</summary>
    internal bool TryPass(string host)
    {
        var most = wasRefused ? 1 : Bounds.RefusalsPerSearch;
        if (refused.Contains(host) || refused.Count >= most)
        {
            return false;
        }

        if (refusedInTurn.Contains(host))
        {
            hasSkipped = true;
            return false;
        }

        // One search is one pass, however many hosts it comes to that want to see nothing.
        return hasPassed = hasPassed || account.TryPass();
    }

    internal void Refuse(string host)
    {
        refused.Add(host);
        if (wasRefused)
        {
            refusedInTurn.Add(host);
        }
    }

    /// <summary>It was Exchange that answered.</summary>
    internal void Accept()
    {
        account.Accept();
        refused.Clear();
        refusedInTurn.Clear();
    }

    /// <summary>The search is over: refused by all who were asked, the account is held back.</summary>
    /// <param name="hasFound">Somebody told without seeing the account where a mailbox is.</param>
    internal void End(bool hasFound)
    {
        if (refused.Count > 0 && !hasFound)
        {
            account.Refuse();
        }
        else if (hasSkipped)
        {
            // All had their turn: the next search begins with the first again.
            refusedInTurn.Clear();
        }
    }
}
