using System.Collections.Immutable;
using NodaTime;

namespace HybridCalendar.ExchangeLab.Model;

/// <summary>What a meeting says, as its organizer sent it last; every copy of the meeting shows it.</summary>
public sealed record MeetingContent
{
    /// <summary>Before the subject of attendees' copies once the organizer called the meeting off.</summary>
    public const string CancelledPrefix = "Canceled: ";

    public required string Organizer { get; init; }

    public ImmutableArray<string> Required { get; init; } = [];

    public ImmutableArray<string> Optional { get; init; } = [];

    public ImmutableArray<string> Rooms { get; init; } = [];

    public string Subject { get; init; } = "";

    public string Location { get; init; } = "";

    public string Body { get; init; } = "";

    public bool BodyIsHtml { get; init; }

    /// <summary>Start of the single meeting, or of the first occurrence.</summary>
    public required Instant Start { get; init; }

    public required Instant End { get; init; }

    /// <summary>
    /// The zone in which the meeting was booked and a series repeats (<see cref="Zones"/>).
    /// </summary>
    public required string TimeZone { get; init; }

    /// <summary>
    /// What the client that booked wrote as the zone's id; null when it wrote <see cref="TimeZone"/>.
    /// </summary>
    public string? ZoneId { get; init; }

    /// <summary>The zone's id as clients see it.</summary>
    public string ShownZoneId => ZoneId ?? TimeZone;

    public bool AllDay { get; init; }

    public ShowAs ShowAs { get; init; } = ShowAs.Busy;

    public Sensitivity Sensitivity { get; init; }

    public Recurrence? Recurrence { get; init; }

    public ImmutableSortedDictionary<LocalDate, OccurrenceChange> Changed { get; init; } =
        ImmutableSortedDictionary<LocalDate, OccurrenceChange>.Empty;

    public ImmutableSortedSet<LocalDate> Dropped { get; init; } = [];

    /// <summary>
    /// How many days later than its rule says the series takes place: a rule that is only an approximation,
    /// as Exchange has it for calendars of the moon.
    /// </summary>
    public int DaysLater { get; init; }

    public bool Cancelled { get; init; }

    public int Sequence { get; init; }

    /// <summary>
    /// The first way to join that the text holds, as its writer knows it; null when there is none.
    /// </summary>
    public string? Join { get; init; }

    /// <summary>Null for a meeting that nobody made an online meeting.</summary>
    public OnlineMeeting? OnlineMeeting { get; init; }

    /// <summary>Who wrote it into the organizer's calendar; null when that was the organizer.</summary>
    public string? Delegate { get; init; }

    public bool IsMeeting => !Required.IsEmpty || !Optional.IsEmpty || !Rooms.IsEmpty;

    /// <summary>Everybody who is asked, each once.</summary>
    public IEnumerable<string> Attendees =>
        Required.Concat(Optional).Concat(Rooms).Distinct(StringComparer.OrdinalIgnoreCase);

    public DateTimeZone Zone => Zones.Named(TimeZone);

    /// <summary>A series at its new time: it begins on the new first day and loses its exceptions.</summary>
    public MeetingContent Rescheduled() => Recurrence is null ? this : this with
    {
        Recurrence = Recurrence with { StartDate = Start.InZone(Zone).Date },
        Changed = Changed.Clear(),
        Dropped = Dropped.Clear(),
    };
}
