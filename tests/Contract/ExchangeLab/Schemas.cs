using System.Xml.Linq;
using System.Xml.Schema;
using HybridCalendar.ExchangeLab.Pipeline;

namespace HybridCalendar.Contract.ExchangeLab;

/// <summary>The official EWS schemas as a judge of replies.</summary>
internal static class Schemas
{
    /// <summary>What the schemas object to in the body of an envelope.</summary>
    public static IReadOnlyList<string> Objections(XElement envelope)
    {
        var body = new XDocument(Known(Wire.Body(envelope)));
        var objections = new List<string>();
        body.Validate(PublishedSchemas.Of(SharedFolder.Path("ews-xsd")), (_, e) => objections.Add(e.Message));
        return objections;
    }

    /// <summary>Real servers write two elements in another namespace than the schemas say.</summary>
    private static XElement Known(XElement body)
    {
        var copy = new XElement(body);
        foreach (var element in copy.Descendants().ToList())
        {
            var isOdd = element.Name == Wire.M + "Notification"
                || (element.Name == Wire.M + "SubscriptionId"
                    && element.Parent?.Name == Wire.M + "ErrorSubscriptionIds");
            if (isOdd)
            {
                element.Name = Wire.T + element.Name.LocalName;
            }
        }

        return copy;
    }
}
