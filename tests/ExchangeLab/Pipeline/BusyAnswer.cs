using System.Globalization;
using HybridCalendar.ExchangeLab.Control;
using HybridCalendar.ExchangeLab.Ews;

namespace HybridCalendar.ExchangeLab.Pipeline;

/// <summary>The ways in which a server says that it is busy.</summary>
internal static class BusyAnswer
{
    private const string Text = "The server cannot service this request right now. Try again later.";

    /// <summary>"Busy" as a fault.</summary>
    public static EwsFault Fault(FaultSettings settings) => new("ErrorServerBusy", Text)
    {
        Values = [("BackOffMilliseconds", Number(settings.BusyBackOffMilliseconds))],
    };

    /// <summary>"Busy" as an error of its own, or inside of another one.</summary>
    public static EwsError Error(FaultSettings settings) =>
        settings.BusyCarrier == "inner" ? Inner(settings) : Outer(settings);

    private static EwsError Outer(FaultSettings settings) => new("ErrorServerBusy", Text)
    {
        Values = [("BackOffMilliseconds", Number(settings.BusyBackOffMilliseconds))],
    };

    private static EwsError Inner(FaultSettings settings) =>
        new("ErrorInternalServerError", "An internal server error occurred. The operation failed.")
        {
            Values =
            [
                ("InnerErrorMessageText", Text),
                ("InnerErrorResponseCode", "ErrorServerBusy"),
                ("InnerErrorDescriptiveLinkKey", "0"),
                ("BackOffMilliseconds", Number(settings.BusyBackOffMilliseconds)),
            ],
        };

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
