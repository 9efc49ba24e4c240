using System.Xml.Linq;
using HybridCalendar.ExchangeLab.Control;
using HybridCalendar.ExchangeLab.Ews;

namespace HybridCalendar.ExchangeLab.Pipeline;

/// <summary>
/// Where replies leave the schemas on purpose: as real servers do (see the README, "Where servers deviate"),
/// or because a fault is on. Characters that XML forbids are a fault too, and no matter of the schemas.
/// </summary>
internal static class KnownDeviations
{
    private static readonly XNamespace M = EwsNames.Messages;
    private static readonly XNamespace T = EwsNames.Types;

    /// <summary>Puts them right, so that whatever else is wrong remains.</summary>
    public static void PutRight(XElement reply)
    {
        foreach (var element in reply.Descendants().ToList())
        {
            if (element.Name == M + "Notification"
                || (element.Name == M + "SubscriptionId"
                    && element.Parent!.Name == M + "ErrorSubscriptionIds"))
            {
                element.Name = T + element.Name.LocalName;
            }
            else if (element.Name == T + "MessageXml")
            {
                element.Name = M + element.Name.LocalName;
            }
            else if (element.Name == T + "Start" && element.Value == Faults.UnreadableStart)
            {
                element.Value = "2026-01-01T00:00:00Z";
            }
        }
    }
}
