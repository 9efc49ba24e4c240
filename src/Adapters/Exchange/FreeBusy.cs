using HybridCalendar.Domain.Meetings;
using HybridCalendar.Domain.Time;
using NodaTime;

namespace HybridCalendar.Adapters.Exchange;

/// <summary>How much of a calendar is asked for; who asks may be shown less.</summary>
public enum FreeBusyView
{
    /// <summary>Steps only.</summary>
    MergedOnly,

    /// <summary>The times that are taken.</summary>
    FreeBusy,

    /// <summary>Both.</summary>
    FreeBusyMerged,

    /// <summary>The times that are taken, and by what.</summary>
    Detailed,

    /// <summary>Everything.</summary>
    DetailedMerged,
}

/// <summary>A question for free and busy times.</summary>
public sealed record FreeBusyQuestion
{
    /// <exception cref="ArgumentOutOfRangeException">The step is no whole number of minutes from 5 to 1440,
    /// the span is shorter than a step, or has more than <see cref="Bounds.FreeBusySteps"/>.</exception>
    public FreeBusyQuestion(Interval span, Duration step, FreeBusyView view = FreeBusyView.DetailedMerged)
    {
        var minutes = step.TotalMinutes;
        ArgumentOutOfRangeException.ThrowIfNotEqual(minutes, Math.Floor(minutes), nameof(step));
        ArgumentOutOfRangeException.ThrowIfLessThan(minutes, Bounds.ShortestFreeBusyMinutes, nameof(step));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minutes, Bounds.LongestFreeBusyMinutes, nameof(step));
        ArgumentOutOfRangeException.ThrowIfLessThan(span.Duration, step, nameof(span));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(
            Math.Ceiling(span.Duration / step), Bounds.FreeBusySteps, nameof(span));
        (Span, Step, View) = (span, step, view);
    }

    /// <summary>From when (inclusive) to when (exclusive); whole seconds count.</summary>
    public Interval Span { get; }

    public Duration Step { get; }

    public FreeBusyView View { get; }
}

/// <summary>When somebody is free. Exactly one of the nested cases.</summary>
public abstract record FreeBusy
{
    private FreeBusy() { }

    /// <param name="Steps">How the owner is taken in each step from the beginning of the span on: the
    /// strongest of what is in it. The last step may be cut. Empty when only times were asked for.</param>
    /// <param name="Times">What takes the owner's time, by its start; empty when only steps were asked for or
    /// may be seen.</param>
    /// <param name="View">What was shown: perhaps less than was asked for.</param>
    /// <param name="Hours">When the owner works; null when the server does not say.</param>
    public sealed record Known(
        IReadOnlyList<ShownAs> Steps,
        IReadOnlyList<BusyTime> Times,
        FreeBusyView View,
        WorkingHours? Hours) : FreeBusy;

    /// <summary>The server does not know, or does not tell.</summary>
    /// <param name="Code">Exchange's response code.</param>
    public sealed record Unknown(string Code) : FreeBusy;
}

/// <summary>A span of time that is taken.</summary>
/// <param name="End">Exclusive.</param>
/// <param name="By">What takes it; null when that may not be seen.</param>
public sealed record BusyTime(Instant Start, Instant End, ShownAs ShownAs, BusyBy? By);

/// <summary>What takes somebody's time, in the clear. In memory only.</summary>
/// <param name="Title">Null when it is private.</param>
/// <param name="Location">Null when it is private.</param>
public sealed record BusyBy(
    string? Title, string? Location, bool IsMeeting, bool IsSeries, bool IsException, bool IsPrivate)
{
    // A record would print the texts, and what is printed is logged.
    public override string ToString() => nameof(BusyBy);
}

/// <summary>When somebody works, week by week.</summary>
/// <param name="Zone">The zone of the periods; null when its rules cannot be understood.</param>
public sealed record WorkingHours(ZoneDefinition? Zone, IReadOnlyList<WorkingPeriod> Periods);

/// <summary>Hours of work on some days of the week.</summary>
/// <param name="End">Exclusive; midnight stands for the end of the day.</param>
public sealed record WorkingPeriod(IReadOnlyList<IsoDayOfWeek> Days, LocalTime Start, LocalTime End);
