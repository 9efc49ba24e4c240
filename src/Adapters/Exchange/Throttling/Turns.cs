namespace HybridCalendar.Adapters.Exchange.Throttling;

/// <summary>
/// Who may call next: mailboxes take turns, so that one with much to ask never keeps the others waiting.
/// </summary>
/// <remarks>
/// Bounds the calls of the account and those of each mailbox; some calls of one mailbox never run beside each
/// other. When the server says that it is too much, half as many are let through, and one more after each
/// round of successes. Safe for use by several threads.
/// </remarks>
/// <param name="most">Calls under way at once for the account.</param>
/// <param name="mostPerMailbox">The same for each mailbox.</param>
/// <seealso href="https://learn.microsoft.com/exchange/client-developer/exchange-web-services/ews-throttling-in-exchange"/>
internal sealed class Turns(int most, int mostPerMailbox)
{
    private readonly Lock gate = new();

    // In the order in which they come next; who just had a turn goes to the end.
    private readonly LinkedList<Line> lines = [];
    private readonly Dictionary<string, Line> byMailbox = new(StringComparer.OrdinalIgnoreCase);

    private readonly int most = most;
    private int limit = most;
    private int running;
    private int successes;
    private long given;
    private long reducedAt;

    /// <summary>Calls that may be under way at once just now.</summary>
    internal int Limit
    {
        get
        {
            lock (gate)
            {
                return limit;
            }
        }
    }

    /// <summary>Turns that were given so far.</summary>
    internal long Given
    {
        get
        {
            lock (gate)
            {
                return given;
            }
        }
    }

    /// <summary>Waits for a turn; disposing gives it back.</summary>
    /// <param name="mailbox">Whom the call concerns; null for the account's own.</param>
    /// <param name="isAlone">Whether no other such call of the mailbox may be under way.</param>
    internal async Task<Turn> Wait(string? mailbox, bool isAlone, CancellationToken cancellation)
    {
        var waiter = new Waiter(isAlone);
        Line line;
        lock (gate)
        {
            line = LineOf(mailbox ?? "");
            line.Waiting.AddLast(waiter);
            Give();
        }

        await using var leave = cancellation.UnsafeRegister(_ => Leave(line, waiter, cancellation), null);
        return new Turn(this, line, isAlone, await waiter.Granted.Task);
    }

    private Line LineOf(string mailbox)
    {
        if (!byMailbox.TryGetValue(mailbox, out var line))
        {
            line = byMailbox[mailbox] = new Line(mailbox);
            lines.AddLast(line.Node);
        }

        return line;
    }

    private void Leave(Line line, Waiter waiter, CancellationToken cancellation)
    {
        lock (gate)
        {
            if (line.Waiting.Remove(waiter))
            {
                waiter.Granted.SetCanceled(cancellation);
                Forget(line);
            }
        }
    }

    private void Give()
    {
        while (running < limit && Next() is ({ } line, { } waiter))
        {
            line.Waiting.Remove(waiter);
            lines.Remove(line.Node);
            lines.AddLast(line.Node);
            line.Running++;
            line.HasLone |= waiter.IsAlone;
            running++;
            waiter.Granted.SetResult(++given);
        }
    }

    private (Line Line, Waiter Waiter)? Next()
    {
        foreach (var line in lines)
        {
            if (line.Running < mostPerMailbox
                && line.Waiting.FirstOrDefault(waiter => !waiter.IsAlone || !line.HasLone) is { } waiter)
            {
                return (line, waiter);
            }
        }

        return null;
    }

    private void Forget(Line line)
    {
        if (line is { Running: 0, Waiting.Count: 0 } && byMailbox.Remove(line.Mailbox))
        {
            lines.Remove(line.Node);
        }
    }

    /// <summary>A call's turn.</summary>
    internal sealed class Turn(Turns turns, Line line, bool isAlone, long number) : IDisposable
    {
        private bool isGivenBack;

        /// <summary>
        /// The server said that it was too much. Calls that were under way together say it together, and
        /// count once.
        /// </summary>
        internal void Reduce()
        {
            lock (turns.gate)
            {
                if (number > turns.reducedAt)
                {
                    turns.limit = Math.Max(1, turns.limit / 2);
                    turns.reducedAt = turns.given;
                    turns.successes = 0;
                }
            }
        }

        /// <summary>The server answered.</summary>
        internal void Succeed()
        {
            lock (turns.gate)
            {
                if (turns.limit < turns.most && ++turns.successes >= turns.limit)
                {
                    turns.limit++;
                    turns.successes = 0;
                }
            }
        }

        public void Dispose()
        {
            lock (turns.gate)
            {
                if (isGivenBack)
                {
                    return;
                }

                isGivenBack = true;
                turns.running--;
                line.Running--;
                line.HasLone &= !isAlone;
                turns.Forget(line);
                turns.Give();
            }
        }
    }

    /// <summary>The calls of one mailbox.</summary>
    internal sealed class Line
    {
        internal Line(string mailbox)
        {
            Mailbox = mailbox;
            Node = new LinkedListNode<Line>(this);
        }

        internal string Mailbox { get; }

        internal LinkedListNode<Line> Node { get; }

        internal LinkedList<Waiter> Waiting { get; } = [];

        internal int Running { get; set; }

        /// <summary>Whether one that may have none of its kind beside it is under way.</summary>
        internal bool HasLone { get; set; }
    }

    /// <summary>A call that waits.</summary>
    internal sealed class Waiter(bool isAlone)
    {
        internal bool IsAlone => isAlone;

        internal TaskCompletionSource<long> Granted { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
