namespace HybridCalendar.Adapters.Exchange;

/// <summary>
/// A dialect of the protocol, the header RequestServerVersion: named after the server that first spoke it,
/// in the order of age. Servers speak their own and all older ones.
/// </summary>
/// <remarks>
/// Exchange 2019 and Subscription Edition have none of their own. Older ones than these lack the affinity of
/// streams, the bound of texts, or the zone of a meeting's start.
/// </remarks>
/// <seealso href="https://learn.microsoft.com/exchange/client-developer/web-service-reference/requestserverversion"/>
public enum Dialect
{
    Exchange2013,
    Exchange2013_SP1,
    Exchange2016,
}
