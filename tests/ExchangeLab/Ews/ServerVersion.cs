namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>A protocol version that a request may ask for; later ones know more properties.</summary>
internal static class ServerVersion
{
    /// <summary>What a request without a version gets.</summary>
    public const int Oldest = 0;

    public const int Exchange2010 = 2;
    public const int Exchange2013 = 5;
    public const int Exchange2016 = 8;

    /// <summary>The newest date-style version of the server that the lab resembles (Exchange 2019).</summary>
    public const string Newest = "V2017_07_11";

    private const string DatePrefix = "V20";

    private static readonly string[] Known =
    [
        "Exchange2007", "Exchange2007_SP1", "Exchange2010", "Exchange2010_SP1", "Exchange2010_SP2",
        "Exchange2013", "Exchange2013_SP1", "Exchange2015", "Exchange2016",
    ];

    /// <summary>The rank of a version; an unknown one is refused with a fault.</summary>
    public static int Rank(string? version)
    {
        if (version is null)
        {
            return Oldest;
        }

        var rank = Array.IndexOf(Known, version);
        var isDated = version.StartsWith(DatePrefix, StringComparison.Ordinal)
            && version.Length == Newest.Length && string.CompareOrdinal(version, Newest) <= 0;
        return rank >= 0 ? rank
            : isDated ? Exchange2016
            : throw new EwsFault("ErrorInvalidServerVersion", "The specified server version is invalid.");
    }
}
