using System.Xml;
using HybridCalendar.Adapters.Exchange.Reading;
using HybridCalendar.Adapters.Exchange.Soap;
using HybridCalendar.Domain.Time;
using NodaTime;
using NodaTime.Text;

namespace HybridCalendar.Adapters.Exchange.Operations;

/// <summary>
/// Asks in which time zone a mailbox's owner works: GetUserAvailability tells it beside when he is free.
/// </summary>
/// <seealso href="https://learn.microsoft.com/exchange/client-developer/web-service-reference/getuseravailability-operation"/>
internal static class GetWorkingHours
{
    private static readonly string[] Changes = ["StandardTime", "DaylightTime"];

    /// <param name="day">Of which it is asked when the owner is free: any will do, by UTC.</param>
    internal static void Write(XmlWriter xml, string address, LocalDate day) =>
        xml.Message("GetUserAvailabilityRequest", () =>
        {
            xml.Type("TimeZone", () => WriteUtc(xml));
            xml.Message("MailboxDataArray", () => xml.Type("MailboxData", () =>
            {
                xml.Type("Email", () => xml.Type("Address", address));
                xml.Type("AttendeeType", "Required");
            }));
            xml.Type("FreeBusyViewOptions", () =>
            {
                xml.Type("TimeWindow", () =>
                {
                    xml.Type("StartTime", Midnight(day));
                    xml.Type("EndTime", Midnight(day.PlusDays(1)));
                });
                xml.Type("MergedFreeBusyIntervalInMinutes", "60");
                xml.Type("RequestedView", "FreeBusy");
            });
        });

    /// <summary>The rules of the zone; null when there are none that can be understood.</summary>
    internal static Parsed<ZoneDefinition?> ReadZone(Stream reply) =>
        SoapReply.Read(reply, "GetUserAvailabilityResponse", xml =>
        {
            (ResponseMessage<bool>? Message, RawZone? Zone) read = default;
            var inResponse = xml.Enter();
            while (xml.Next(inResponse))
            {
                if (xml.Name == "FreeBusyResponseArray")
                {
                    var inArray = xml.Enter();
                    while (xml.Next(inArray))
                    {
                        read = xml.Name == "FreeBusyResponse" ? ReadMailbox(xml) : read;
                    }
                }
            }

            return read;
        })
        .Then<ZoneDefinition?>(read => read.Message switch
        {
            null => SoapReply.Malformed<ZoneDefinition?>("no ResponseMessage"),
            { IsSuccess: false } failed => new Parsed<ZoneDefinition?>.Failed(failed.Verdict),
            _ => new Parsed<ZoneDefinition?>.Answer(
                read.Zone is { } zone ? ZoneDefinitionReading.Read(zone) : null),
        });

    // Clocks that never change still need two changes to be told.
    private static void WriteUtc(XmlWriter xml)
    {
        xml.Type("Bias", "0");
        foreach (var change in Changes)
        {
            xml.Type(change, () =>
            {
                xml.Type("Bias", "0");
                xml.Type("Time", "00:00:00");
                xml.Type("DayOrder", "1");
                xml.Type("Month", "1");
                xml.Type("DayOfWeek", "Sunday");
            });
        }
    }

    private static string Midnight(LocalDate day) =>
        LocalDateTimePattern.GeneralIso.Format(day.AtMidnight());

    private static (ResponseMessage<bool>?, RawZone?) ReadMailbox(XmlCursor xml)
    {
        ResponseMessage<bool>? message = null;
        RawZone? zone = null;
        var inMailbox = xml.Enter();
        while (xml.Next(inMailbox))
        {
            switch (xml.Name)
            {
                case "ResponseMessage":
                    message = SoapReply.Message(xml, true, static (_, done) => done);
                    break;
                case "FreeBusyView": zone = ReadView(xml) ?? zone; break;
            }
        }

        return (message, zone);
    }

    private static RawZone? ReadView(XmlCursor xml)
    {
        RawZone? zone = null;
        var inView = xml.Enter();
        while (xml.Next(inView))
        {
            if (xml.Name == "WorkingHours")
            {
                var inHours = xml.Enter();
                while (xml.Next(inHours))
                {
                    zone = xml.Name == "TimeZone" ? SerializableZoneReader.Read(xml) : zone;
                }
            }
        }

        return zone;
    }
}
