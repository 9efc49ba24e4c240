using System.Collections.Immutable;
using System.Text.Json;
using HybridCalendar.ExchangeLab.Model;
using NodaTime;

namespace HybridCalendar.ExchangeLab.Control;

/// <summary>Changes to a meeting, as the control API takes them; what is missing stays as it is.</summary>
internal sealed record MeetingPatch
{
    public string? Subject { get; init; }

    public string? Location { get; init; }

    public string? Body { get; init; }

    public string? BodyType { get; init; }

    public Instant? Start { get; init; }

    public Instant? End { get; init; }

    public ShowAs? ShowAs { get; init; }

    public Sensitivity? Sensitivity { get; init; }

    public IReadOnlyList<string>? Required { get; init; }

    public IReadOnlyList<string>? Optional { get; init; }

    public IReadOnlyList<string>? Rooms { get; init; }

    /// <summary>All of it anew.</summary>
    public OnlineMeeting? OnlineMeeting { get; init; }

    /// <summary>A text or null sets it; missing leaves it.</summary>
    public JsonElement Join { get; init; }

    public MeetingContent Apply(MeetingContent old)
    {
        var start = Start ?? old.Start;
        var content = old with
        {
            Subject = Subject ?? old.Subject,
            Location = Location ?? old.Location,
            Body = Body ?? old.Body,
            BodyIsHtml = BodyType is null
                ? old.BodyIsHtml
                : MeetingWish.HtmlBody.Equals(BodyType, StringComparison.OrdinalIgnoreCase),
            Start = start,
            End = End ?? (start + (old.End - old.Start)),
            ShowAs = ShowAs ?? old.ShowAs,
            Sensitivity = Sensitivity ?? old.Sensitivity,
            Required = Required?.ToImmutableArray() ?? old.Required,
            Optional = Optional?.ToImmutableArray() ?? old.Optional,
            Rooms = Rooms?.ToImmutableArray() ?? old.Rooms,
            OnlineMeeting = OnlineMeeting ?? old.OnlineMeeting,
            Join = Join.ValueKind switch
            {
                JsonValueKind.Undefined => old.Join,
                JsonValueKind.Null => null,
                _ => Join.GetString(),
            },
        };
        return content.Start != old.Start || content.End != old.End ? content.Rescheduled() : content;
    }
}
