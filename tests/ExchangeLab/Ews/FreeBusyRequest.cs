using System.Globalization;
using System.Xml.Linq;
using HybridCalendar.ExchangeLab.Model;
using NodaTime;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>How much of a calendar an availability reply shows; names as in FreeBusyViewType.</summary>
[Flags]
internal enum FreeBusyView
{
    None = 0,
    MergedOnly = 1,
    FreeBusy = 2,
    FreeBusyMerged = FreeBusy | MergedOnly,
    Detailed = FreeBusy | 4,
    DetailedMerged = Detailed | MergedOnly,
}

/// <summary>What a client asks about free and busy times.</summary>
internal sealed record FreeBusyRequest(
    RuleZone? Zone,
    Instant Start,
    Instant End,
    int Minutes,
    FreeBusyView View,
    IReadOnlyList<string> Addresses)
{
    private const int MailboxesMax = 100;
    private const int MinutesDefault = 30;
    private const int MinutesMin = 5;
    private const int MinutesMax = 1440;

    /// <summary>How many intervals of the window there are; the last one may be cut.</summary>
    public int Intervals => (int)Math.Ceiling((End - Start).TotalMinutes / Minutes);

    /// <summary>Reads it, and refuses as a whole what is out of bounds.</summary>
    /// <param name="daysMax">The longest window.</param>
    public static FreeBusyRequest Read(EwsCall call, int daysMax)
    {
        var zone = call.Request.Child("TimeZone") is { } given ? RuleZoneXml.Read(given) : null;
        var addresses = call.Request.Need("MailboxDataArray").Elements()
            .Select(data => data.Need("Email").Need("Address").Value.Trim()).ToList();
        var options = call.Request.Child("FreeBusyViewOptions") ?? throw new EwsFault(
            "ErrorInvalidFreeBusyViewType", "FreeBusyViewOptions is expected.");
        var window = options.Need("TimeWindow");
        var request = new FreeBusyRequest(
            zone,
            Time(window.Need("StartTime"), zone, call),
            Time(window.Need("EndTime"), zone, call),
            options.Child("MergedFreeBusyIntervalInMinutes") is { } minutes
                ? XmlReading.Number(
                    minutes.Value.Trim(), "MergedFreeBusyIntervalInMinutes", int.MinValue, int.MaxValue)
                : MinutesDefault,
            ReadView(options.Child("RequestedView")?.Value ?? nameof(FreeBusyView.FreeBusy)),
            addresses);
        request.Check(daysMax);
        return request;
    }

    private static Instant Time(XElement element, RuleZone? zone, EwsCall call)
    {
        var text = element.Value.Trim();
        return zone is not null && XmlReading.TryLocal(text) is { } local
            ? zone.ToInstant(local)
            : XmlReading.Time(text, call.ContextZone);
    }

    private static FreeBusyView ReadView(string text)
    {
        // A list by the schema; servers take all that is in it together.
        var view = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Aggregate(FreeBusyView.None, (all, word) =>
                all | XmlReading.Word<FreeBusyView>(word, "RequestedView"));
        return view != FreeBusyView.None ? view : throw new EwsFault(
            "ErrorInvalidFreeBusyViewType", "The requested free/busy view is invalid.");
    }

    private void Check(int daysMax)
    {
        if (Addresses.Count == 0)
        {
            throw new EwsFault("ErrorMailboxDataArrayEmpty", "The mailbox data array is empty.");
        }

        if (Addresses.Count > MailboxesMax)
        {
            throw new EwsFault("ErrorMailboxDataArrayTooBig", "There are too many target users in the "
                + $"request. The allowed size = {MailboxesMax}; the actual size = {Addresses.Count}.");
        }

        if (End <= Start)
        {
            throw new EwsFault("ErrorInvalidTimeInterval", "The end of the window is not after its start.");
        }

        if (End - Start > Duration.FromDays(daysMax))
        {
            var days = (End - Start).TotalDays.ToString("0.##", CultureInfo.InvariantCulture);
            throw new EwsFault("ErrorTimeIntervalTooBig", "The requested time duration specified for "
                + $"FreeBusyViewOptions.TimeWindow is too long. The allowed limit = {daysMax} days; the "
                + $"actual limit = {days} days.");
        }

        if (Minutes is < MinutesMin or > MinutesMax || Duration.FromMinutes(Minutes) > End - Start)
        {
            throw new EwsFault("ErrorInvalidMergedFreeBusyInterval",
                "The specified merged free/busy interval is invalid.");
        }
    }
}
