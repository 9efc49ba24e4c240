using System.Xml.Serialization;

namespace HybridCalendar.Benchmarks.Reading.Typed;

/// <summary>How a series repeats: one pattern, one range.</summary>
[XmlType(Namespace = Of.Types)]
public sealed class Recurrence
{
    public Pattern? DailyRecurrence { get; set; }
    public Pattern? WeeklyRecurrence { get; set; }
    public Pattern? AbsoluteMonthlyRecurrence { get; set; }
    public Pattern? RelativeMonthlyRecurrence { get; set; }
    public Pattern? AbsoluteYearlyRecurrence { get; set; }
    public Pattern? RelativeYearlyRecurrence { get; set; }
    public Range? NoEndRecurrence { get; set; }
    public Range? EndDateRecurrence { get; set; }
    public Range? NumberedRecurrence { get; set; }
}

[XmlType("RecurrencePattern", Namespace = Of.Types)]
public sealed class Pattern
{
    public int Interval { get; set; }
    public string? DaysOfWeek { get; set; }
    public string? FirstDayOfWeek { get; set; }
    public string? DayOfWeekIndex { get; set; }
    public int DayOfMonth { get; set; }
    public string? Month { get; set; }
}

[XmlType("RecurrenceRange", Namespace = Of.Types)]
public sealed class Range
{
    public string? StartDate { get; set; }
    public string? EndDate { get; set; }
    public int NumberOfOccurrences { get; set; }
}

/// <summary>A time zone with its rules.</summary>
[XmlType("TimeZoneDefinition", Namespace = Of.Types)]
public sealed class ZoneDefinition
{
    [XmlAttribute]
    public string? Id { get; set; }

    [XmlAttribute]
    public string? Name { get; set; }

    public List<Period> Periods { get; set; } = [];
    public List<TransitionsGroup> TransitionsGroups { get; set; } = [];
    public List<Transition> Transitions { get; set; } = [];
}

[XmlType(Namespace = Of.Types)]
public sealed class Period
{
    [XmlAttribute]
    public string? Bias { get; set; }

    [XmlAttribute]
    public string? Name { get; set; }

    [XmlAttribute]
    public string? Id { get; set; }
}

[XmlType(Namespace = Of.Types)]
public sealed class TransitionsGroup
{
    [XmlAttribute]
    public string? Id { get; set; }

    [XmlElement("RecurringDayTransition")]
    public List<RecurringDayTransition> RecurringDayTransitions { get; set; } = [];

    [XmlElement("Transition")]
    public List<Transition> Transitions { get; set; } = [];
}

[XmlType(Namespace = Of.Types)]
public sealed class RecurringDayTransition
{
    public TransitionTarget? To { get; set; }
    public string? TimeOffset { get; set; }
    public int Month { get; set; }
    public string? DayOfWeek { get; set; }
    public int Occurrence { get; set; }
}

[XmlType(Namespace = Of.Types)]
public sealed class Transition
{
    public TransitionTarget? To { get; set; }
}

public sealed class TransitionTarget
{
    [XmlAttribute]
    public string? Kind { get; set; }

    [XmlText]
    public string? Value { get; set; }
}
