using HybridCalendar.ExchangeLab.Model;
using NodaTime;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>An item that a client is writing: a single one, a series, or one occurrence of it.</summary>
internal sealed record ItemDraft
{
    /// <summary>The longest that an item may take.</summary>
    private const int YearsMax = 5;

    /// <summary>How many gaps between occurrences are compared with their length.</summary>
    private const int GapsCompared = 20;

    public required MeetingContent Content { get; init; }

    public required ItemDetails Details { get; init; }

    /// <summary>The occurrence's date by the rule; null when it is not about one occurrence.</summary>
    public LocalDate? Date { get; init; }

    /// <summary>What the occurrence has of its own; null for a series or a single item.</summary>
    public OccurrenceChange? Own { get; init; }

    /// <summary>The UID that a client gives to a new item.</summary>
    public string? Uid { get; init; }

    /// <summary>Whether a series lost its exceptions, because it is at another time now.</summary>
    public bool IsRescheduled { get; init; }

    public bool HasRule { get; init; }

    public Instant Start => Own?.Start ?? Content.Start;

    public Instant End => Own?.End ?? Content.End;

    public ItemDraft WithTimes(Instant start, Instant end) => Own is { } own
        ? this with { Own = own with { Start = start, End = end } }
        : this with { Content = Content with { Start = start, End = end }, IsRescheduled = true };

    /// <summary>What is to be stored, after the rules that hold for everything that is written.</summary>
    public MeetingContent Finish()
    {
        if (End < Start)
        {
            throw new EwsError(
                "ErrorCalendarEndDateIsEarlierThanStartDate", "EndDate is earlier than StartDate.");
        }

        if (End > Start.InUtc().LocalDateTime.PlusYears(YearsMax).InUtc().ToInstant())
        {
            throw new EwsError(
                "ErrorCalendarDurationIsTooLong", "The duration of the calendar item is too long.");
        }

        if (Date is { } date && Own is { } own)
        {
            OccurrenceBoundaries.Check(Content, date, own.Start);
            return Content with { Changed = Content.Changed.SetItem(date, own) };
        }

        var content = !IsRescheduled ? Content
            : HasRule ? Content with { Changed = Content.Changed.Clear(), Dropped = Content.Dropped.Clear() }
            : Content.Rescheduled();
        CheckGaps(content);
        return content;
    }

    private static void CheckGaps(MeetingContent content)
    {
        if (content.Recurrence is not { } rule)
        {
            return;
        }

        rule.Check();
        var dates = Expansion.Dates(rule).Take(GapsCompared).ToList();
        var length = content.End - content.Start;
        if (dates.Zip(dates.Skip(1)).Any(pair =>
            Occurrences.Regular(content, pair.Second).Start - Occurrences.Regular(content, pair.First).Start
            < length))
        {
            throw new EwsError("ErrorOccurrenceTimeSpanTooBig",
                "The duration of the occurrence is longer than the time to the next one.");
        }
    }
}
