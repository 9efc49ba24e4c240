using System.Collections.Concurrent;
using HybridCalendar.ExchangeLab.Model;
using HybridCalendar.ExchangeLab.Pipeline;

namespace HybridCalendar.ExchangeLab.Authentication;

/// <summary>The accounts that may sign in, and their passwords as they are now.</summary>
internal sealed class ServiceAccounts(AuthenticationOptions options)
{
    /// <summary>The organization's NetBIOS name, as accounts are written with a backslash.</summary>
    public const string Domain = "LAB";

    private readonly ConcurrentDictionary<string, string> _passwords = new(StringComparer.OrdinalIgnoreCase)
    {
        [options.Account] = options.Password,
        [options.SecondAccount] = options.SecondPassword,
    };

    private volatile int _generation;

    /// <summary>Grows when everybody is signed out: handshakes of before count no more.</summary>
    public int Generation => _generation;

    /// <summary>Changes a password; connections that are signed in stay so, unless that is to end.</summary>
    public void Change(string account, string password, bool signOut)
    {
        if (!_passwords.ContainsKey(account))
        {
            throw new LabRefusal($"There is no account {account}.") { IsMissing = true };
        }

        _passwords[account] = password;
        if (signOut)
        {
            Interlocked.Increment(ref _generation);
        }
    }

    /// <summary>The account that a name and a domain mean, with its password; null for none.</summary>
    /// <param name="domain">NetBIOS or DNS name; empty when the name says it all.</param>
    public (Caller Caller, string Password)? Find(string name, string domain = "")
    {
        var address = Address(name, domain);
        return _passwords.TryGetValue(address, out var password)
            ? (new Caller(_passwords.Keys.First(key => Same(key, address))), password)
            : null;
    }

    private string Address(string name, string domain)
    {
        var own = options.Account.Split('@')[^1];
        return name.Split('\\', 2) is [var before, var rest] && domain.Length == 0 ? Address(rest, before)
            : name.Contains('@') && domain.Length == 0 ? name
            : domain.Length == 0 || Same(domain, Domain) || Same(domain, own) ? $"{name}@{own}"
            : "";
    }

    private static bool Same(string one, string other) =>
        one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
