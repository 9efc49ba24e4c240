using System.Globalization;
using System.Xml;
using HybridCalendar.Adapters.Exchange.Soap;

namespace HybridCalendar.Adapters.Exchange.Operations;

/// <summary>One envelope of a stream of notifications.</summary>
/// <param name="Verdict">Exchange's word on the stream; anything but NoError ends it.</param>
/// <param name="Changed">Subscriptions in whose calendars something changed, each once.</param>
/// <param name="Lost">Subscriptions that the server does not serve any more.</param>
/// <param name="IsClosed">The server says that this is the end of the stream.</param>
internal sealed record StreamedNotice(
    Verdict Verdict, IReadOnlyList<string> Changed, IReadOnlyList<string> Lost, bool IsClosed);

/// <summary>Opens a stream of notifications: one reply without end, made of many envelopes.</summary>
/// <remarks>
/// Observed: subscription ids and notifications stand now in one of the two namespaces, now in the other, and
/// errors, lost subscriptions, notifications and the end may share one message.
/// </remarks>
/// <seealso href="https://learn.microsoft.com/exchange/client-developer/web-service-reference/getstreamingevents-operation"/>
internal static class GetStreamingEvents
{
    private static readonly StreamedNotice Nothing = new(new Verdict(Verdict.NoError, ""), [], [], false);

    /// <param name="minutes">How long the server may keep the stream open, 1 to 30.</param>
    internal static void Write(XmlWriter xml, IEnumerable<string> subscriptions, int minutes) =>
        xml.Message("GetStreamingEvents", () =>
        {
            xml.Message("SubscriptionIds", () =>
            {
                foreach (var subscription in subscriptions)
                {
                    xml.Type("SubscriptionId", subscription);
                }
            });
            xml.Message("ConnectionTimeout", minutes.ToString(CultureInfo.InvariantCulture));
        });

    /// <summary>Reads one envelope. Its response messages are taken together.</summary>
    internal static StreamedNotice Read(Stream envelope) =>
        SoapReply.Messages(envelope, "GetStreamingEventsResponse", Nothing, ReadPart) switch
        {
            Parsed<IReadOnlyList<ResponseMessage<StreamedNotice>>>.Failed failed =>
                Nothing with { Verdict = failed.Verdict },
            Parsed<IReadOnlyList<ResponseMessage<StreamedNotice>>>.Answer { Value.Count: 0 } =>
                Nothing with { Verdict = Verdict.Malformed("no response message") },
            Parsed<IReadOnlyList<ResponseMessage<StreamedNotice>>>.Answer answer => Together(answer.Value),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static StreamedNotice Together(IReadOnlyList<ResponseMessage<StreamedNotice>> messages) => new(
        messages.FirstOrDefault(message => !message.IsSuccess)?.Verdict ?? Nothing.Verdict,
        [.. messages.SelectMany(message => message.Payload.Changed).Distinct(StringComparer.Ordinal)],
        [.. messages.SelectMany(message => message.Payload.Lost).Distinct(StringComparer.Ordinal)],
        messages.Any(message => message.Payload.IsClosed));

    private static StreamedNotice ReadPart(XmlCursor xml, StreamedNotice notice) => xml.Name switch
    {
        "Notifications" => notice with { Changed = [.. notice.Changed, .. ReadNotifications(xml)] },
        "ErrorSubscriptionIds" => notice with { Lost = [.. notice.Lost, .. ReadIds(xml)] },
        "ConnectionStatus" => notice with { IsClosed = xml.Token() == "Closed" },
        _ => notice,
    };

    private static List<string> ReadNotifications(XmlCursor xml)
    {
        var changed = new List<string>();
        var inNotifications = xml.Enter();
        while (xml.Next(inNotifications))
        {
            if (xml.Name == "Notification" && ReadNotification(xml) is { } subscription)
            {
                changed.Add(subscription);
            }
        }

        return changed;
    }

    // Any event counts as a change, known or not; a StatusEvent is the sign of life.
    private static string? ReadNotification(XmlCursor xml)
    {
        string? subscription = null;
        var isChange = false;
        var inNotification = xml.Enter();
        while (xml.Next(inNotification))
        {
            switch (xml.Name)
            {
                case "SubscriptionId": subscription = xml.Token(); break;
                case "StatusEvent": break;
                case var name: isChange |= name.EndsWith("Event", StringComparison.Ordinal); break;
            }
        }

        return isChange ? subscription : null;
    }

    private static List<string> ReadIds(XmlCursor xml)
    {
        var ids = new List<string>();
        var inIds = xml.Enter();
        while (xml.Next(inIds))
        {
            if (xml.Name == "SubscriptionId")
            {
                ids.Add(xml.Token());
            }
        }

        return ids;
    }
}
