using HybridCalendar.Adapters.Exchange.Soap;

namespace HybridCalendar.Adapters.Exchange.Reading;

/// <summary>
/// Reads time zones. It takes everything: what it means is decided by <see cref="ZoneReading"/>.
/// </summary>
internal static class RawZoneReader
{
    /// <summary>Reads the zone (EWS: TimeZoneDefinitionType) on which the cursor stands.</summary>
    internal static RawZone Read(XmlCursor xml)
    {
        var zone = new RawZone(Id(xml), xml.Attribute("Name")?.Trim() ?? "");
        var inZone = xml.Enter();
        while (xml.Next(inZone))
        {
            switch (xml.Name)
            {
                case "Periods": ReadPeriods(xml, zone); break;
                case "TransitionsGroups": ReadGroups(xml, zone); break;
                case "Transitions": zone.Transitions.AddRange(ReadTransitions(xml)); break;
            }
        }

        return zone;
    }

    private static void ReadPeriods(XmlCursor xml, RawZone zone)
    {
        var inPeriods = xml.Enter();
        while (xml.Next(inPeriods))
        {
            if (xml.Name == "Period")
            {
                zone.Periods.Add(new RawPeriod(Id(xml), xml.Attribute("Bias")?.Trim() ?? ""));
            }
        }
    }

    private static void ReadGroups(XmlCursor xml, RawZone zone)
    {
        var inGroups = xml.Enter();
        while (xml.Next(inGroups))
        {
            if (xml.Name == "TransitionsGroup")
            {
                zone.Groups.Add(new RawTransitionsGroup(Id(xml), ReadTransitions(xml)));
            }
        }
    }

    private static List<RawTransition> ReadTransitions(XmlCursor xml)
    {
        var transitions = new List<RawTransition>();
        var inTransitions = xml.Enter();
        while (xml.Next(inTransitions))
        {
            if (xml.Name.EndsWith("Transition", StringComparison.Ordinal))
            {
                transitions.Add(ReadTransition(xml));
            }
        }

        return transitions;
    }

    private static RawTransition ReadTransition(XmlCursor xml)
    {
        var (name, kind, to) = (xml.Name, "", "");
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var inTransition = xml.Enter();
        while (xml.Next(inTransition))
        {
            switch (xml.Name)
            {
                case "To":
                    kind = xml.Attribute("Kind")?.Trim() ?? "";
                    to = xml.Token();
                    break;
                case { Length: > 0 } value:
                    values[value] = xml.Token();
                    break;
            }
        }

        return new RawTransition(name, kind, to, values);
    }

    private static string Id(XmlCursor xml) => xml.Attribute("Id")?.Trim() ?? "";
}
