namespace HybridCalendar.ExchangeLab.Model;

/// <summary>A meeting of the organization: what its organizer says now, whoever holds a copy.</summary>
public sealed class Meeting(string uid, MeetingContent content)
{
    public string Uid { get; } = uid;

    public MeetingContent Content { get; set; } = content;
}
