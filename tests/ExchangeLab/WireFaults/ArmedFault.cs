using HybridCalendar.ExchangeLab.Model;

namespace HybridCalendar.ExchangeLab.WireFaults;

/// <summary>A fault with its own dice, and what is left of its count.</summary>
internal sealed class ArmedFault(WireFault fault, long seed)
{
    private readonly Lock _gate = new();
    private readonly RepeatableRandom _dice =
        new(Derived.Number(seed, $"wire/{fault.Kind}/{fault.Seed}"));

    private int _struck;

    public WireFault Fault { get; } = fault;

    public bool Strikes(string operation, string mailbox)
    {
        if (!Means(Fault.Operations, operation) || !Means(Fault.Mailboxes, mailbox))
        {
            return false;
        }

        lock (_gate)
        {
            if (_struck >= Fault.Count || !_dice.Chance(Fault.Share))
            {
                return false;
            }

            _struck++;
            return true;
        }
    }

    private static bool Means(IReadOnlyList<string> names, string name) =>
        names.Count == 0 || names.Contains(name, StringComparer.OrdinalIgnoreCase);
}
