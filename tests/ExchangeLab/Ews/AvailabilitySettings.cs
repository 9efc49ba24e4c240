using HybridCalendar.ExchangeLab.Model;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>
/// How long a window of free and busy times may be: 62 days, or 42 as older servers have it.
/// </summary>
internal sealed class AvailabilitySettings
{
    private const int DaysMost = 366;

    private int _days = 62;

    public int Days
    {
        get => Volatile.Read(ref _days);
        set => Volatile.Write(ref _days, value is >= 1 and <= DaysMost ? value
            : throw new LabRefusal($"The longest window is out of range: give days from 1 to {DaysMost}."));
    }
}
