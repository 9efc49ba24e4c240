using HybridCalendar.Adapters.Exchange.Accounts;
using HybridCalendar.Adapters.Exchange.Throttling;

namespace HybridCalendar.Adapters.Exchange.Versions;

/// <summary>
/// What is known of the server behind an address: what it is, what it speaks, how many streams it keeps open.
/// </summary>
/// <remarks>
/// Begins with what every supported server speaks, and goes on with the newest that the server says it has.
/// What it then refuses is not tried again, until the server says that it is newer than ever before. Behind
/// one address may be several servers of several versions. Safe for use by several threads.
/// </remarks>
internal sealed class Server
{
    private const Dialect First = Dialect.Exchange2013_SP1;

    private readonly ExchangeSettings settings;
    private readonly Lock gate = new();
    private readonly Dictionary<string, Dialect> ceilings = new(StringComparer.OrdinalIgnoreCase);
    private Dialect ceiling = Dialect.Exchange2016;
    private readonly Dictionary<Account, Places> streams = [];
    private ServerVersion newest;
    private ServerVersion? version;

    internal Server(ExchangeSettings settings) => this.settings = settings;

    /// <summary>Whether nobody has a stream here, or waits for one.</summary>
    internal bool IsIdle
    {
        get
        {
            lock (gate)
            {
                return streams.Values.All(places => places.AreFree);
            }
        }
    }

    private int Limit =>
        settings.HangingConnections ?? version?.HangingConnections ?? Bounds.HangingConnectionsOf2013;

    /// <summary>Places for open streams of an account on this server: it counts each for itself.</summary>
    internal Places StreamsOf(Account account)
    {
        lock (gate)
        {
            if (!streams.TryGetValue(account, out var places))
            {
                streams[account] = places = new Places(Limit);
            }

            return places;
        }
    }

    /// <summary>What it said last; null while it has said nothing.</summary>
    internal ServerVersion? Version
    {
        get
        {
            lock (gate)
            {
                return version;
            }
        }
    }

    /// <summary>In which dialect to ask next.</summary>
    /// <param name="mailbox">SMTP address of whom it is asked about; null for the account's own.</param>
    internal Dialect DialectFor(string? mailbox)
    {
        lock (gate)
        {
            var spoken = Older(Older(version?.Newest ?? First, settings.Dialect), ceiling);
            return mailbox is not null && ceilings.TryGetValue(mailbox, out var own)
                ? Older(spoken, own)
                : spoken;
        }
    }

    /// <summary>The server refused a dialect: an older one is spoken from now on.</summary>
    /// <param name="code">Why: what concerns a mailbox holds for that one only.</param>
    /// <param name="needed">The oldest dialect in which the request can be made.</param>
    /// <returns>Whether there is an older one.</returns>
    internal bool StepDown(Dialect refused, Dialect needed, string? mailbox, string code)
    {
        if (refused <= needed)
        {
            return false;
        }

        var below = refused - 1;
        lock (gate)
        {
            if (code == Codes.MailboxOnOlderServer && mailbox is not null)
            {
                ceilings[mailbox] = Older(below, ceilings.GetValueOrDefault(mailbox, below));
            }
            else
            {
                ceiling = Older(below, ceiling);
            }
        }

        return true;
    }

    /// <summary>The server said what it is.</summary>
    internal void Saw(ServerVersion seen)
    {
        lock (gate)
        {
            if (seen == version)
            {
                return;
            }

            version = seen;
            if (seen.CompareTo(newest) > 0)
            {
                newest = seen;
                ceiling = Dialect.Exchange2016;
                ceilings.Clear();
            }

            foreach (var places in streams.Values)
            {
                places.Limit(Limit);
            }
        }
    }

    private static Dialect Older(Dialect one, Dialect other) => one < other ? one : other;
}
