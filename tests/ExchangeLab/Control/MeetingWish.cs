using HybridCalendar.ExchangeLab.Model;
using NodaTime;

namespace HybridCalendar.ExchangeLab.Control;

/// <summary>A meeting to book, as the control API takes it.</summary>
internal sealed record MeetingWish
{
    public const string HtmlBody = "HTML";

    public required string Organizer { get; init; }

    public IReadOnlyList<string> Required { get; init; } = [];

    public IReadOnlyList<string> Optional { get; init; } = [];

    public IReadOnlyList<string> Rooms { get; init; } = [];

    public string Subject { get; init; } = "";

    public string Location { get; init; } = "";

    public string Body { get; init; } = "";

    /// <summary>HTML or text, in any case; text when missing.</summary>
    public string? BodyType { get; init; }

    public required Instant Start { get; init; }

    public required Instant End { get; init; }

    /// <summary>
    /// A Windows id, an IANA id, UTC+05:45 or Lab/Own; the organizer's zone when missing.
    /// </summary>
    public string? TimeZone { get; init; }

    /// <summary>What is to stand on the wire in place of the zone's id; it may be empty.</summary>
    public string? ZoneId { get; init; }

    public bool AllDay { get; init; }

    public ShowAs ShowAs { get; init; } = ShowAs.Busy;

    public Sensitivity Sensitivity { get; init; }

    public RecurrenceWish? Recurrence { get; init; }

    public string? Join { get; init; }

    public OnlineMeeting? OnlineMeeting { get; init; }

    /// <summary>The address of a delegate who books in the organizer's calendar.</summary>
    public string? Delegate { get; init; }
    /// <summary>Whether synchronization passes it by, until it is revealed.</summary>
    public bool Hidden { get; init; }

    public MeetingContent Read(Organization organization)
    {
        var timeZone = TimeZone ?? organization.FindMailbox(Organizer)?.TimeZone ?? "UTC";
        return new MeetingContent
        {
            Organizer = Organizer,
            Required = [.. Required],
            Optional = [.. Optional],
            Rooms = [.. Rooms],
            Subject = Subject,
            Location = Location,
            Body = Body,
            BodyIsHtml = HtmlBody.Equals(BodyType, StringComparison.OrdinalIgnoreCase),
            Start = Start,
            End = End,
            TimeZone = timeZone,
            ZoneId = ZoneId,
            AllDay = AllDay,
            ShowAs = ShowAs,
            Sensitivity = Sensitivity,
            Recurrence = Recurrence?.Read(Start.InZone(Zones.Named(timeZone)).Date),
            Join = Join,
            OnlineMeeting = OnlineMeeting,
            Delegate = Delegate,
        };
    }
}
