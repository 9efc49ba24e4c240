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

    /// <summary>What one message says, gathered from all its parts.</summary>
    private sealed class Gathered
    {
        internal List<string> Changed { get; } = [];

        internal List<string> Lost { get; } = [];

        internal bool IsClosed { get; set; }
    }

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
        SoapReply.Messages<Gathered?>(envelope, "GetStreamingEventsResponse", null, ReadPart) switch
        {
            Parsed<IReadOnlyList<ResponseMessage<Gathered?>>>.Failed failed =>
                Nothing with { Verdict = failed.Verdict },
            Parsed<IReadOnlyList<ResponseMessage<Gathered?>>>.Answer { Value.Count: 0 } =>
                Nothing with { Verdict = Verdict.Malformed("no response message") },
            Parsed<IReadOnlyList<ResponseMessage<Gathered?>>>.Answer answer => Together(answer.Value),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    private static StreamedNotice Together(IReadOnlyList<ResponseMessage<Gathered?>> messages)
    {
        var gathered = messages.Select(message => message.Payload).OfType<Gathered>().ToList();
        return new StreamedNotice(
            messages.FirstOrDefault(message => !message.IsSuccess)?.Verdict ?? Nothing.Verdict,
            [.. gathered.SelectMany(one => one.Changed).Distinct(StringComparer.Ordinal)],
            [.. gathered.SelectMany(one => one.Lost).Distinct(StringComparer.Ordinal)],
            gathered.Exists(one => one.IsClosed));
    }

    private static Gathered ReadPart(XmlCursor xml, Gathered? gathered)
    {
        gathered ??= new Gathered();
        switch (xml.Name)
        {
            case "Notifications": ReadNotifications(xml, gathered.Changed); break;
            case "ErrorSubscriptionIds": ReadIds(xml, gathered.Lost); break;
            case "ConnectionStatus": gathered.IsClosed = xml.Token() == "Closed"; break;
        }

        return gathered;
    }

    private static void ReadNotifications(XmlCursor xml, List<string> changed)
    {
        var inNotifications = xml.Enter();
        while (xml.Next(inNotifications))
        {
            if (xml.Name == "Notification" && ReadNotification(xml) is { } subscription)
            {
                changed.Add(subscription);
            }
        }
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

    private static void ReadIds(XmlCursor xml, List<string> ids)
    {
        var inIds = xml.Enter();
        while (xml.Next(inIds))
        {
            if (xml.Name == "SubscriptionId")
            {
                ids.Add(xml.Token());
            }
        }
    }
}
