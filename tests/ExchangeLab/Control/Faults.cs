using HybridCalendar.ExchangeLab.Ews;
using HybridCalendar.ExchangeLab.Model;

namespace HybridCalendar.ExchangeLab.Control;

/// <summary>The faults that are on, and the dice, seeded by the lab, that decide when they strike.</summary>
internal sealed class Faults(long seed)
{
    private const int HashShareSteps = 1_000_000;
    public const string UnreadableStart = "2026-13-32T25:61:00Z";
    private const char IllegalCharacter = '\u0001';
    private static readonly string[] Carriers = ["fault", "response", "inner", "http503", "http429"];
    private readonly Lock _gate = new();
    private readonly RepeatableRandom _dice = new(Derived.Number(seed, "faults"));
    private volatile FaultSettings _settings = new();

    public FaultSettings Settings
    {
        get => _settings;
        set
        {
            Check(value);
            _settings = value;
        }
    }

    /// <summary>0, 1 or 2 times.</summary>
    public int CopiesOfNotification()
    {
        lock (_gate)
        {
            var isDropped = _settings.DropNotifications > 0 && _dice.Chance(_settings.DropNotifications);
            var isDoubled = _settings.DoubleNotifications > 0 && _dice.Chance(_settings.DoubleNotifications);
            return isDropped ? 0 : isDoubled ? 2 : 1;
        }
    }

    public long DelayTimestampTicks(TimeProvider time) =>
        Settings.DelayNotificationsMilliseconds * time.TimestampFrequency / 1000;

    public bool IsBusy()
    {
        var share = Settings.Busy;
        if (share <= 0)
        {
            return false;
        }

        lock (_gate)
        {
            return _dice.Chance(share);
        }
    }

    /// <summary>
    /// The start of an item as GetItem writes it: the same items are malformed while the fault is on.
    /// </summary>
    public string StartText(ItemContext context)
    {
        var share = Settings.MalformedItems;
        if (share > 0 && context.IsGetItem)
        {
            var name = context.Entry.Mailbox.Address + "/" + context.Entry.Uid;
            if (IsHit(name, share))
            {
                return UnreadableStart;
            }
        }

        return XmlWriting.Wire(context.Occurrence.Start);
    }

    /// <summary>Whether GetItem fails on an item: on the same ones while the fault is on.</summary>
    public bool IsPoison(CalendarEntry entry) =>
        IsHit("poison", entry, Settings.PoisonItems);

    /// <summary>Whether GetItem says that an item is gone: the same ones while the fault is on.</summary>
    public bool IsGone(CalendarEntry entry) =>
        IsHit("gone", entry, Settings.GoneItems);

    /// <summary>How many items a page has when that fault strikes: half, but at least one.</summary>
    public int PageSize(int wanted)
    {
        lock (_gate)
        {
            return _settings.ShortPages > 0 && _dice.Chance(_settings.ShortPages)
                ? Math.Max(1, wanted / 2)
                : wanted;
        }
    }

    public bool IsFailing(Mailbox? mailbox) => mailbox is not null
        && Settings.FailingMailboxes.Contains(mailbox.Address, StringComparer.OrdinalIgnoreCase);

    public string WithIllegalCharacter(string text) =>
        Settings.IllegalCharacters && text.Length > 0 ? text + IllegalCharacter : text;

    private bool IsHit(string fault, CalendarEntry entry, double share) =>
        share > 0 && IsHit($"{fault}/{entry.Mailbox.Address}/{entry.Uid}", share);

    private bool IsHit(string name, double share) =>
        share > 0 && Derived.Number(seed, name) % HashShareSteps < share * HashShareSteps;

    private static void Check(FaultSettings settings)
    {
        double[] shares =
        [
            settings.DropNotifications, settings.DoubleNotifications, settings.Busy, settings.MalformedItems,
            settings.PoisonItems, settings.GoneItems, settings.ShortPages,
        ];
        if (shares.Any(share => share is not (>= 0 and <= 1)))
        {
            throw new LabRefusal("A share is out of range: give a number from 0 (never) to 1 (always).");
        }

        if (!Carriers.Contains(settings.BusyCarrier))
        {
            throw new LabRefusal("The busyCarrier is not known: give fault, response, inner, http503 "
                + "or http429.");
        }

        foreach (var fault in settings.Wire)
        {
            fault.Check();
        }

        if (settings.DelayNotificationsMilliseconds < 0 || settings.BusyBackOffMilliseconds < 0)
        {
            throw new LabRefusal("A delay is negative: give milliseconds from 0 on.");
        }
    }
}
