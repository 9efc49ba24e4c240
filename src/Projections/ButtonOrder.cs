using NodaTime;

namespace HybridCalendar.Projections;

/// <summary>
/// Which Join button comes first at an instant: what people most likely look for.
/// </summary>
/// <remarks>
/// Meetings that take place, by start; then those that are about to, by start; then those that are over, by
/// end; then what is on all day, by start. What is equal in that is ordered by meeting and occurrence, so
/// that the order is always the same.
/// </remarks>
public sealed class ButtonOrder(Instant now) : IComparer<JoinButton>
{
    private enum Phase
    {
        TakesPlace,
        IsAboutTo,
        IsOver,
        IsAllDay,
    }

    public int Compare(JoinButton? one, JoinButton? other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return KeyOf(one).CompareTo(KeyOf(other));
    }

    private (Phase, Instant, Guid, Instant) KeyOf(JoinButton button)
    {
        var phase = PhaseOf(button);
        return (
            phase,
            phase is Phase.IsOver ? button.MeetingEnd : button.Start,
            button.Meeting,
            button.OriginalStart ?? button.Start);
    }

    private Phase PhaseOf(JoinButton button) =>
        button.AllDay ? Phase.IsAllDay
        : now < button.Start ? Phase.IsAboutTo
        : now < button.MeetingEnd ? Phase.TakesPlace
        : Phase.IsOver;
}
