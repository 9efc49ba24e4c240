using HybridCalendar.Domain.Time;
using Microsoft.AspNetCore.Mvc;
using NodaTime;
using NodaTime.Text;

namespace HybridCalendar.Host.Read;

/// <summary>An instant that a reader asks about.</summary>
public sealed record Moment(Instant At)
{
    /// <summary>
    /// The moment of an optional query value (ISO 8601, UTC), now unless said otherwise, or what is wrong.
    /// </summary>
    public static (Moment? Moment, ProblemDetails Problem) Parse(string? at, Instant now) =>
        Window.ParseInstant(at, now) is { } instant
        && instant >= SpanLimits.Earliest
        && instant <= SpanLimits.Latest
            ? (new Moment(instant), Wolverine.Http.WolverineContinue.NoProblems)
            : (null, Problems.BadInstant("at"));
}

/// <summary>A span of time that a reader asks about.</summary>
/// <param name="To">Exclusive.</param>
public sealed record Window(Instant From, Instant To)
{
    /// <summary>What is asked about when nothing is said: from now on, this long.</summary>
    public static readonly Duration Default = Duration.FromDays(28);

    /// <summary>The longest span that may be asked about.</summary>
    public static readonly Duration Longest = Duration.FromDays(366);

    /// <summary>The window of two optional query values (ISO 8601, UTC), or what is wrong.</summary>
    public static (Window? Window, ProblemDetails Problem) Parse(string? from, string? to, Instant now)
    {
        if (ParseInstant(from, now) is not { } start)
        {
            return (null, Problems.BadInstant("from"));
        }

        if (start < SpanLimits.Earliest || start > SpanLimits.Latest)
        {
            return (null, Problems.Bad(
                $"'from' must be between {SpanLimits.Earliest} and {SpanLimits.Latest}."));
        }

        if (ParseInstant(to, start + Default) is not { } end)
        {
            return (null, Problems.BadInstant("to"));
        }

        return start < end && end - start <= Longest
            ? (new Window(start, end), Wolverine.Http.WolverineContinue.NoProblems)
            : (null, Problems.Bad($"'to' must be after 'from', by at most {Longest.TotalDays:0} days."));
    }

    /// <summary>An optional instant; null when the text is not one.</summary>
    public static Instant? ParseInstant(string? text, Instant otherwise) =>
        text is null ? otherwise
        : InstantPattern.ExtendedIso.Parse(text) is { Success: true } parsed ? parsed.Value
        : null;
}
