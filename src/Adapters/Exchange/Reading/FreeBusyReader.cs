using HybridCalendar.Adapters.Exchange.Operations;
using HybridCalendar.Adapters.Exchange.Soap;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Domain.Time;
using NodaTime;

namespace HybridCalendar.Adapters.Exchange.Reading;

/// <summary>Reads what Exchange shows of one mailbox's time. What is unreadable is passed over.</summary>
internal static class FreeBusyReader
{
    private const int MinutesOfADay = 24 * 60;

    /// <summary>Reads the view on which the cursor stands.</summary>
    internal static RawFreeBusy Read(XmlCursor xml)
    {
        var shown = RawFreeBusy.Nothing;
        var inView = xml.Enter();
        while (xml.Next(inView))
        {
            shown = xml.Name switch
            {
                "FreeBusyViewType" => shown with { View = xml.Token() },
                "MergedFreeBusy" => shown with { Digits = xml.Token() },
                "CalendarEventArray" => shown with { Times = ReadTimes(xml) },
                "WorkingHours" => shown with { Hours = ReadHours(xml) },
                _ => shown,
            };
        }

        return shown;
    }

    /// <summary>How a word of the protocol takes somebody's time.</summary>
    internal static ShownAs ShownAs(string? word) => word switch
    {
        "OOF" => Domain.Meetings.ShownAs.OutOfOffice,
        "Free" => Domain.Meetings.ShownAs.Free,
        "Tentative" => Domain.Meetings.ShownAs.Tentative,
        "Busy" => Domain.Meetings.ShownAs.Busy,
        "WorkingElsewhere" => Domain.Meetings.ShownAs.WorkingElsewhere,
        _ => Domain.Meetings.ShownAs.NoData,
    };

    private static List<BusyTime> ReadTimes(XmlCursor xml)
    {
        var times = new List<BusyTime>();
        var inArray = xml.Enter();
        while (xml.Next(inArray))
        {
            if (xml.Name != "CalendarEvent")
            {
                continue;
            }

            var (start, end, word) = ("", "", "");
            BusyBy? by = null;
            var inEvent = xml.Enter();
            while (xml.Next(inEvent))
            {
                switch (xml.Name)
                {
                    case "StartTime": start = xml.Token(); break;
                    case "EndTime": end = xml.Token(); break;
                    case "BusyType": word = xml.Token(); break;
                    case "CalendarEventDetails": by = ReadDetails(xml); break;
                }
            }

            if ((RawValues.Time(start), RawValues.Time(end)) is ({ } first, { } last) && first <= last)
            {
                times.Add(new BusyTime(first, last, ShownAs(word), by));
            }
        }

        return times;
    }

    private static BusyBy ReadDetails(XmlCursor xml)
    {
        var by = new BusyBy(null, null, false, false, false, false);
        var inDetails = xml.Enter();
        while (xml.Next(inDetails))
        {
            by = xml.Name switch
            {
                "Subject" => by with { Title = LegalText.Clean(xml.Text()) },
                "Location" => by with { Location = LegalText.Clean(xml.Text()) },
                "IsMeeting" => by with { IsMeeting = RawValues.Flag(xml.Token()) == true },
                "IsRecurring" => by with { IsSeries = RawValues.Flag(xml.Token()) == true },
                "IsException" => by with { IsException = RawValues.Flag(xml.Token()) == true },
                "IsPrivate" => by with { IsPrivate = RawValues.Flag(xml.Token()) == true },
                _ => by,
            };
        }

        // Some servers show texts of private meetings to those who may see them, some an empty one to others.
        return by.IsPrivate && string.IsNullOrEmpty(by.Title)
            ? by with { Title = null, Location = null }
            : by;
    }

    private static WorkingHours ReadHours(XmlCursor xml)
    {
        ZoneDefinition? zone = null;
        var periods = new List<WorkingPeriod>();
        var inHours = xml.Enter();
        while (xml.Next(inHours))
        {
            switch (xml.Name)
            {
                case "TimeZone": zone = ZoneDefinitionReading.Read(SerializableZoneReader.Read(xml)); break;
                case "WorkingPeriodArray":
                    var inPeriods = xml.Enter();
                    while (xml.Next(inPeriods))
                    {
                        if (xml.Name == "WorkingPeriod" && ReadPeriod(xml) is { } period)
                        {
                            periods.Add(period);
                        }
                    }

                    break;
            }
        }

        return new WorkingHours(zone, periods);
    }

    private static WorkingPeriod? ReadPeriod(XmlCursor xml)
    {
        var values = ReadValues(xml);
        return RecurrenceReading.Days(Of(values, "DayOfWeek")) is { Count: > 0 } days
            && Minutes(values, "StartTimeInMinutes") is { } start
            && Minutes(values, "EndTimeInMinutes") is { } end
                ? new WorkingPeriod([.. days], start, end)
                : null;
    }

    private static LocalTime? Minutes(Dictionary<string, string> values, string name) =>
        RawValues.Number(Of(values, name), 0, MinutesOfADay) is { } minutes
            ? LocalTime.Midnight.PlusMinutes(minutes)
            : null;

    private static Dictionary<string, string> ReadValues(XmlCursor xml)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var inElement = xml.Enter();
        while (xml.Next(inElement))
        {
            values[xml.Name] = xml.Token();
        }

        return values;
    }

    private static string Of(Dictionary<string, string> values, string name) =>
        values.GetValueOrDefault(name, "");
}
