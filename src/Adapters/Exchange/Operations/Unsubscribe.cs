using System.Xml;
using HybridCalendar.Adapters.Exchange.Soap;

namespace HybridCalendar.Adapters.Exchange.Operations;

/// <summary>Gives a subscription back.</summary>
/// <seealso href="https://learn.microsoft.com/exchange/client-developer/web-service-reference/unsubscribe-operation"/>
internal static class Unsubscribe
{
    internal static void Write(XmlWriter xml, string subscription) =>
        xml.Message("Unsubscribe", () => xml.Message("SubscriptionId", subscription));

    /// <summary>True: it is given back. There is nothing else to be learned.</summary>
    internal static Parsed<bool> Read(Stream reply) =>
        SoapReply.Single(reply, "UnsubscribeResponse", true, static (_, done) => done);
}
