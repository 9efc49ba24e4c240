using System.Xml;
using HybridCalendar.Adapters.Exchange.Reading;
using HybridCalendar.Adapters.Exchange.Soap;
using HybridCalendar.Domain.Mailboxes;

namespace HybridCalendar.Adapters.Exchange.Operations;

/// <summary>
/// Asks whether a mailbox answers by itself that its owner is away. Only its owner may: impersonate him.
/// </summary>
/// <seealso href="https://learn.microsoft.com/exchange/client-developer/web-service-reference/getuseroofsettings-operation"/>
internal static class GetUserOofSettings
{
    internal static void Write(XmlWriter xml, string address) =>
        xml.Message("GetUserOofSettingsRequest", () =>
            xml.Type("Mailbox", () => xml.Type("Address", address)));

    // This operation's one message stands beside what it gives, not around it.
    internal static Parsed<AutomaticReplies> Read(Stream reply) =>
        SoapReply.Read(reply, "GetUserOofSettingsResponse", xml =>
        {
            ResponseMessage<bool>? message = null;
            var settings = new RawSettings("", "", "");
            var inResponse = xml.Enter();
            while (xml.Next(inResponse))
            {
                switch (xml.Name)
                {
                    case "ResponseMessage":
                        message = SoapReply.Message(xml, true, static (_, done) => done);
                        break;
                    case "OofSettings":
                        settings = ReadSettings(xml);
                        break;
                }
            }

            return (Message: message, Settings: settings);
        })
        .Then<AutomaticReplies>(read => read.Message switch
        {
            null => SoapReply.Malformed<AutomaticReplies>("no ResponseMessage"),
            { IsSuccess: false } => new Parsed<AutomaticReplies>.Failed(read.Message.Verdict),
            _ => Understand(read.Settings),
        });

    private static RawSettings ReadSettings(XmlCursor xml)
    {
        var settings = new RawSettings("", "", "");
        var inSettings = xml.Enter();
        while (xml.Next(inSettings))
        {
            switch (xml.Name)
            {
                case "OofState": settings = settings with { State = xml.Token() }; break;
                case "Duration": settings = ReadDuration(xml, settings); break;
            }
        }

        return settings;
    }

    private static RawSettings ReadDuration(XmlCursor xml, RawSettings settings)
    {
        var inDuration = xml.Enter();
        while (xml.Next(inDuration))
        {
            switch (xml.Name)
            {
                case "StartTime": settings = settings with { Start = xml.Token() }; break;
                case "EndTime": settings = settings with { End = xml.Token() }; break;
            }
        }

        return settings;
    }

    // A duration is always sent; it means something only when the replies are scheduled.
    private static Parsed<AutomaticReplies> Understand(RawSettings settings) => settings.State switch
    {
        "Disabled" => new Parsed<AutomaticReplies>.Answer(AutomaticReplies.Disabled),
        "Enabled" => new Parsed<AutomaticReplies>.Answer(new AutomaticReplies(AutomaticRepliesState.Enabled)),
        "Scheduled" => (RawValues.Time(settings.Start), RawValues.Time(settings.End)) is ({ } start, { } end)
            ? new Parsed<AutomaticReplies>.Answer(
                new AutomaticReplies(AutomaticRepliesState.Scheduled, start, end))
            : SoapReply.Malformed<AutomaticReplies>("no Duration"),
        _ => SoapReply.Malformed<AutomaticReplies>("no known OofState"),
    };

    private sealed record RawSettings(string State, string Start, string End);
}
