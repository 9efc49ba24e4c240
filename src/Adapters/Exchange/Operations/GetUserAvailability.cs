using System.Globalization;
using System.Xml;
using HybridCalendar.Adapters.Exchange.Reading;
using HybridCalendar.Adapters.Exchange.Soap;
using HybridCalendar.Domain.Time;
using NodaTime;
using NodaTime.Text;

namespace HybridCalendar.Adapters.Exchange.Operations;

/// <summary>What Exchange shows of one mailbox's time.</summary>
/// <param name="Digits">One a step; "" when steps were not shown.</param>
internal sealed record RawFreeBusy(
    string View, string Digits, IReadOnlyList<BusyTime> Times, WorkingHours? Hours)
{
    internal static readonly RawFreeBusy Nothing = new("", "", [], null);

    // What is printed is logged.
    public override string ToString() => nameof(RawFreeBusy);
}

/// <summary>Asks when people and rooms are free. All times are UTC, without saying so.</summary>
/// <seealso href="https://learn.microsoft.com/exchange/client-developer/web-service-reference/getuseravailability-operation"/>
internal static class GetUserAvailability
{
    /// <param name="addresses">1 to <see cref="Bounds.MailboxesPerFreeBusy"/>.</param>
    /// <param name="span">At most <see cref="ExchangeSettings.FreeBusyDays"/>.</param>
    internal static void Write(
        XmlWriter xml, IReadOnlyList<string> addresses, Interval span, int minutes, FreeBusyView view) =>
        xml.Message("GetUserAvailabilityRequest", () =>
        {
            xml.Type("TimeZone", () =>
            {
                Number(xml, "Bias", 0);
                WriteNoChange(xml, "StandardTime");
                WriteNoChange(xml, "DaylightTime");
            });
            xml.Message("MailboxDataArray", () =>
            {
                foreach (var address in addresses)
                {
                    xml.Type("MailboxData", () =>
                    {
                        xml.Type("Email", () => xml.Type("Address", address));
                        xml.Type("AttendeeType", "Required");
                        xml.Type("ExcludeConflicts", "false");
                    });
                }
            });
            xml.Type("FreeBusyViewOptions", () =>
            {
                xml.Type("TimeWindow", () =>
                {
                    Time(xml, "StartTime", span.Start);
                    Time(xml, "EndTime", span.End);
                });
                Number(xml, "MergedFreeBusyIntervalInMinutes", minutes);
                xml.Type("RequestedView", view.ToString());
            });
        });

    /// <summary>
    /// A message a mailbox, in the order of the question; its payload is empty when there is none in it.
    /// </summary>
    /// <remarks>When the server has no time for one of the mailboxes, there is no answer at all.</remarks>
    internal static Parsed<IReadOnlyList<ResponseMessage<RawFreeBusy>>> Read(Stream reply) =>
        SoapReply.Read(reply, "GetUserAvailabilityResponse", xml =>
        {
            var messages = new List<ResponseMessage<RawFreeBusy>>();
            var inResponse = xml.Enter();
            while (xml.Next(inResponse))
            {
                if (xml.Name != "FreeBusyResponseArray")
                {
                    continue;
                }

                var inArray = xml.Enter();
                while (xml.Next(inArray))
                {
                    if (xml.Name == "FreeBusyResponse")
                    {
                        messages.Add(ReadResponse(xml));
                    }
                }
            }

            return messages;
        })
        .Then<IReadOnlyList<ResponseMessage<RawFreeBusy>>>(messages =>
            messages.Find(message => message.Verdict.IsBusy) is { } busy
                ? new Parsed<IReadOnlyList<ResponseMessage<RawFreeBusy>>>.Failed(busy.Verdict)
                : new Parsed<IReadOnlyList<ResponseMessage<RawFreeBusy>>>.Answer(messages));

    /// <summary>
    /// The zone in which the owner of the one mailbox that was asked about works; null when it cannot be
    /// understood.
    /// </summary>
    internal static Parsed<ZoneDefinition?> ReadZone(Stream reply) =>
        Read(reply).Then<ZoneDefinition?>(messages => messages switch
        {
            [{ IsSuccess: true } only] => new Parsed<ZoneDefinition?>.Answer(only.Payload.Hours?.Zone),
            [var only] => new Parsed<ZoneDefinition?>.Failed(only.Verdict),
            _ => SoapReply.Malformed<ZoneDefinition?>($"{messages.Count} answers where one was expected"),
        });

    // This operation's messages stand beside what they give, not around it.
    private static ResponseMessage<RawFreeBusy> ReadResponse(XmlCursor xml)
    {
        ResponseMessage<bool>? message = null;
        var shown = RawFreeBusy.Nothing;
        var inResponse = xml.Enter();
        while (xml.Next(inResponse))
        {
            switch (xml.Name)
            {
                case "ResponseMessage":
                    message = SoapReply.Message(xml, true, static (_, done) => done);
                    break;
                case "FreeBusyView": shown = FreeBusyReader.Read(xml); break;
            }
        }

        return message is null
            ? new ResponseMessage<RawFreeBusy>(Verdict.Malformed("no ResponseMessage"), false, shown)
            : new ResponseMessage<RawFreeBusy>(message.Verdict, message.IsSuccess, shown);
    }

    // The schema wants both changes of a zone, also where there are none.
    private static void WriteNoChange(XmlWriter xml, string name) => xml.Type(name, () =>
    {
        Number(xml, "Bias", 0);
        xml.Type("Time", "00:00:00");
        Number(xml, "DayOrder", 0);
        Number(xml, "Month", 0);
        xml.Type("DayOfWeek", "Sunday");
    });

    private static void Time(XmlWriter xml, string name, Instant time) =>
        xml.Type(name, LocalDateTimePattern.GeneralIso.Format(time.InUtc().LocalDateTime));

    private static void Number(XmlWriter xml, string name, int number) =>
        xml.Type(name, number.ToString(CultureInfo.InvariantCulture));
}
