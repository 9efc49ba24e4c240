namespace HybridCalendar.ExchangeLab.Model;

/// <summary>A wish that the lab cannot grant, with a sentence that says what to do.</summary>
public sealed class LabRefusal(string sentence) : Exception(sentence)
{
    /// <summary>Whether the wish was about something that does not exist.</summary>
    public bool IsMissing { get; init; }

    /// <summary>What EWS answers to such a wish; null when it cannot be made over EWS.</summary>
    public string? Code { get; init; }
}
