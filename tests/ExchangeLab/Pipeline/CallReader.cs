using HybridCalendar.ExchangeLab.Control;
using HybridCalendar.ExchangeLab.Ews;
using HybridCalendar.ExchangeLab.Model;
using HybridCalendar.ExchangeLab.Streaming;
using HybridCalendar.ExchangeLab.Style;
using NodaTime;

namespace HybridCalendar.ExchangeLab.Pipeline;

/// <summary>Reads what a request says about itself in its SOAP header.</summary>
internal sealed class CallReader(
    Organization organization,
    Subscriptions subscriptions,
    Faults faults,
    AvailabilitySettings availability,
    ReplyStyles styles)
{
    public EwsCall Read(RequestEnvelope envelope, Caller caller, int backEnd)
    {
        var header = envelope.Header;
        var zoneId = header?.Child("TimeZoneContext")?.Child("TimeZoneDefinition")?.Attr("Id");
        return new EwsCall
        {
            Request = envelope.Request,
            Caller = caller,
            Version = ServerVersion.Rank(
                header?.Child("RequestServerVersion")?.Attr("Version"), styles.Edition),
            Edition = styles.Edition,
            Wire = styles.Settings,
            ContextZone = (zoneId is null ? null : Zones.TryNamed(zoneId)) ?? DateTimeZone.Utc,
            Impersonated = Impersonation.Read(header, organization),
            BackEnd = backEnd,
            Organization = organization,
            Subscriptions = subscriptions,
            Faults = faults,
            Availability = availability,
        };
    }
}
