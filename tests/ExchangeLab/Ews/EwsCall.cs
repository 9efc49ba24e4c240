using System.Xml.Linq;
using HybridCalendar.ExchangeLab.Control;
using HybridCalendar.ExchangeLab.Model;
using HybridCalendar.ExchangeLab.Pipeline;
using HybridCalendar.ExchangeLab.Streaming;
using HybridCalendar.ExchangeLab.Style;
using NodaTime;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>One request after authentication and reading of its headers.</summary>
internal sealed class EwsCall
{
    public required XElement Request { get; init; }

    public required Caller Caller { get; init; }

    /// <summary>The rank of the version that the client speaks (<see cref="ServerVersion"/>).</summary>
    public required int Version { get; init; }

    /// <summary>The release that answers.</summary>
    public required Edition Edition { get; init; }

    public required WireSettings Wire { get; init; }

    /// <summary>The zone for times without an offset.</summary>
    public required DateTimeZone ContextZone { get; init; }

    public required Mailbox? Impersonated { get; init; }

    /// <summary>The back end that answers.</summary>
    public required int BackEnd { get; init; }

    public required Organization Organization { get; init; }

    public required Subscriptions Subscriptions { get; init; }

    public required Faults Faults { get; init; }

    public required AvailabilitySettings Availability { get; init; }

    /// <summary>The impersonated mailbox: the service account has none of its own.</summary>
    public Mailbox Mailbox => Impersonated ?? throw new EwsFault(
        "ErrorMissingEmailAddress",
        "When making a request as an account that does not have a mailbox, you must specify the mailbox "
        + "primary SMTP address for any distinguished folder Ids.");
}
