using System.Xml;
using HybridCalendar.Adapters.Exchange.Soap;
using NodaTime.Text;

namespace HybridCalendar.Adapters.Exchange.Reading;

/// <summary>
/// Reads the older form of a time zone (EWS: SerializableTimeZone), which has the rules of one year, and
/// tells it in the newer one.
/// </summary>
/// <remarks>
/// A zone without daylight saving time has changes in no month, or changes that change nothing.
/// </remarks>
/// <seealso href="https://learn.microsoft.com/exchange/client-developer/web-service-reference/timezone-availability"/>
internal static class SerializableZoneReader
{
    private const string Standard = "StandardTime";
    private const string Daylight = "DaylightTime";
    private const string OnlyGroup = "";

    /// <summary>Reads the zone on which the cursor stands.</summary>
    internal static RawZone Read(XmlCursor xml)
    {
        var bias = "";
        var changes = new Dictionary<string, Dictionary<string, string>> { [Standard] = [], [Daylight] = [] };
        var inZone = xml.Enter();
        while (xml.Next(inZone))
        {
            switch (xml.Name)
            {
                case "Bias": bias = xml.Token(); break;
                case Standard or Daylight: ReadChange(xml, changes[xml.Name]); break;
            }
        }

        var zone = new RawZone("", "");
        zone.Periods.AddRange(changes.Select(change => new RawPeriod(change.Key, Bias(bias, change.Value))));
        var hasNone = changes.Values.Any(change => change.GetValueOrDefault("Month", "0") == "0");
        zone.Groups.Add(new RawTransitionsGroup(OnlyGroup, hasNone
            ? [new RawTransition("Transition", "Period", Standard, RawTransition.NoValues)]
            : [.. changes.Select(change => Transition(change.Key, change.Value))]));
        return zone;
    }

    private static void ReadChange(XmlCursor xml, Dictionary<string, string> change)
    {
        var inChange = xml.Enter();
        while (xml.Next(inChange))
        {
            change[xml.Name] = xml.Token();
        }
    }

    // Minutes, those of the zone and those of the half-year together.
    private static string Bias(string zone, Dictionary<string, string> change) =>
        Minutes(zone) is { } whole && Minutes(change.GetValueOrDefault("Bias", "0")) is { } part
            ? XmlConvert.ToString(TimeSpan.FromMinutes(whole + part))
            : "";

    private static int? Minutes(string text) => RawValues.Number(text, short.MinValue, short.MaxValue);

    // With a year it is a day of the month; that year's is as good as another's.
    private static RawTransition Transition(string to, Dictionary<string, string> change)
    {
        var isDate = change.GetValueOrDefault("Year", "0") != "0";
        var order = change.GetValueOrDefault("DayOrder", "");
        var values = new Dictionary<string, string>(change)
        {
            ["TimeOffset"] = LocalTimePattern.ExtendedIso.Parse(change.GetValueOrDefault("Time", "")) is
                { Success: true } time
                    ? XmlConvert.ToString(TimeSpan.FromTicks(time.Value.TickOfDay))
                    : "",
            [isDate ? "Day" : "Occurrence"] = order,
        };
        return new RawTransition(
            isDate ? "RecurringDateTransition" : "RecurringDayTransition", "Period", to, values);
    }
}
