namespace HybridCalendar.Adapters.Exchange.Soap;

/// <summary>The namespaces of SOAP 1.1 and of Exchange.</summary>
internal static class Namespaces
{
    internal const string Soap = "http://schemas.xmlsoap.org/soap/envelope/";
    internal const string Messages = "http://schemas.microsoft.com/exchange/services/2006/messages";
    internal const string Types = "http://schemas.microsoft.com/exchange/services/2006/types";

    /// <summary>Of Autodiscover's SOAP; replies of its plain XML use two others.</summary>
    internal const string Autodiscover = "http://schemas.microsoft.com/exchange/2010/Autodiscover";

    internal const string PoxResponse =
        "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a";

    private const string PoxRoot = "http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006";
    private const string Errors = "http://schemas.microsoft.com/exchange/services/2006/errors";

    internal static bool IsExchange(string name) => 
        name is Types or Messages or Errors or Autodiscover or PoxResponse or PoxRoot;
}
