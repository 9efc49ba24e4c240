namespace HybridCalendar.Adapters.Exchange.Accounts;

/// <summary>
/// Whether account and password may be shown to the server. Once they were refused they are shown one at a
/// time, after pauses that grow, until they are taken.
/// </summary>
/// <remarks>
/// A directory locks an account that shows a wrong password too often. Safe for use by several threads.
/// </remarks>
internal sealed class SignIn(ExchangeSettings settings, TimeProvider time)
{
    private readonly Lock gate = new();
    private TimeSpan pause;
    private long since;
    private long refusedAt = long.MinValue;

    /// <summary>Whether nothing may be sent for now.</summary>
    internal bool IsClosed
    {
        get
        {
            lock (gate)
            {
                return Waits();
            }
        }
    }

    /// <summary>Whether the server refused the account, and has not taken it since.</summary>
    internal bool IsRefused
    {
        get
        {
            lock (gate)
            {
                return pause > TimeSpan.Zero;
            }
        }
    }

    /// <summary>Asks to send one request; after a refusal one a pause is let through.</summary>
    internal bool TryPass()
    {
        lock (gate)
        {
            if (Waits())
            {
                return false;
            }

            since = time.GetTimestamp();
            return true;
        }
    }

    /// <summary>The server refused the account.</summary>
    /// <param name="sent">
    /// When the request was sent: those under way together are refused together, and count once.
    /// </param>
    internal void Refuse(long sent)
    {
        lock (gate)
        {
            if (pause > TimeSpan.Zero && sent < refusedAt)
            {
                return;
            }

            var next = pause > TimeSpan.Zero ? pause * 2 : settings.FirstSignInPause;
            pause = next < settings.LongestSignInPause ? next : settings.LongestSignInPause;
            refusedAt = since = time.GetTimestamp();
        }
    }

    /// <summary>The server took the account.</summary>
    /// <param name="sent">
    /// When the request was sent: one that was under way when the account was refused tells of before.
    /// </param>
    internal void Accept(long sent)
    {
        lock (gate)
        {
            if (sent >= refusedAt)
            {
                pause = TimeSpan.Zero;
            }
        }
    }

    private bool Waits() => pause > TimeSpan.Zero && time.GetElapsedTime(since) < pause;
}
