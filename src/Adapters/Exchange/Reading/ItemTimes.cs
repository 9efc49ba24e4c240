using HybridCalendar.Domain.Time;
using NodaTime;

namespace HybridCalendar.Adapters.Exchange.Reading;

/// <summary>Understands the times of an item, by the clocks of the zone in which it was planned.</summary>
/// <remarks>
/// Exchange writes times with an offset, in UTC unless asked otherwise; other servers may leave it out. Then
/// a start is meant in the item's StartTimeZone, an end in its EndTimeZone, and in UTC where these are not
/// known.
/// </remarks>
/// <param name="owners">
/// The rules of the zone in which the mailbox's owner works, where known: for a series that has no other.
/// </param>
internal sealed class ItemTimes(RawItem item, ZoneDefinition? owners = null)
{
    private readonly PlannedZone start =
        ZoneReading.Read(item.StartZone, item.Recurrence is null ? null : owners);

    private DateTimeZone? EndZone => item.EndZone is { } own ? ZoneReading.Read(own).Zone : start.Zone;

    /// <summary>Whether the item cannot be understood without another zone than its own.</summary>
    internal bool NeedsOwnersZone => item.Recurrence is not null && start.Zone is null;

    /// <summary>When the item is, or what is wrong with it.</summary>
    internal Understood<When> When()
    {
        var read = Span(item.Start, item.End);
        if (read is not Understood<(Instant Start, Instant End)>.Value { Content: var span })
        {
            return new Understood<When>.Wrong(read.Problem);
        }

        var single = new When
        {
            Start = span.Start,
            End = span.End,
            Zone = start.Id,
            ZoneDefinition = start.Definition,
            AllDay = RawValues.Flag(item.AllDay) ?? false,
        };
        if (item.Recurrence is null)
        {
            return item.Type == "RecurringMaster"
                ? new Understood<When>.Wrong("Recurrence: missing in a series")
                : single;
        }

        return RecurrenceReading.Read(item.Recurrence) switch
        {
            Understood<Recurrence>.Wrong wrong => new Understood<When>.Wrong(wrong.Problem),
            _ when start.Zone is null => new Understood<When>.Wrong(
                "StartTimeZone: neither a known time zone nor rules that can be understood, in a series"),
            Understood<Recurrence>.Value recurrence => single with { Recurrence = recurrence.Content },
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>A start as this item says it; null when it is none.</summary>
    internal Instant? Start(string? text) => RawValues.Time(text, start.Zone ?? DateTimeZone.Utc);

    /// <summary>A span as this item says it, or what is wrong with it.</summary>
    internal Understood<(Instant Start, Instant End)> Span(string? from, string? to) =>
        (Start(from), RawValues.Time(to, EndZone ?? DateTimeZone.Utc)) switch
        {
            (null, _) => new Understood<(Instant, Instant)>.Wrong("Start: missing or unreadable"),
            (_, null) => new Understood<(Instant, Instant)>.Wrong("End: missing or unreadable"),
            ({ } start, { } end) when SpanLimits.Problem(start, end) is { } problem =>
                new Understood<(Instant, Instant)>.Wrong(problem),
            ({ } start, { } end) => (start, end),
        };
}
