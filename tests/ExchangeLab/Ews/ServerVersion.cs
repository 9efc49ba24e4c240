namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>A protocol version that a request may ask for; later ones know more properties.</summary>
internal static class ServerVersion
{
    /// <summary>What a request without a version gets.</summary>
    public const int Oldest = 0;

    public const int Exchange2010 = 2;
    public const int Exchange2010SP1 = 3;
    public const int Exchange2013 = 5;
    public const int Exchange2013SP1 = 6;
    public const int Exchange2016 = 8;

    private const string DateForm = "V2000_00_00";

    private static readonly string[] Known =
    [
        "Exchange2007", "Exchange2007_SP1", "Exchange2010", "Exchange2010_SP1", "Exchange2010_SP2",
        "Exchange2013", "Exchange2013_SP1", "Exchange2015", "Exchange2016",
    ];

    /// <summary>The rank of a version that a server knows; any other is refused with a fault.</summary>
    public static int Rank(string? version, Edition server)
    {
        if (version is null)
        {
            return Oldest;
        }

        var rank = Array.IndexOf(Known, version);
        return rank >= 0 && rank <= server.Rank ? rank
            : IsDate(version) && server.NewestDate is { } newest
                && string.CompareOrdinal(version, newest) <= 0 ? Exchange2016
            : throw new EwsFault("ErrorInvalidServerVersion", "The specified server version is invalid.");
    }

    private static bool IsDate(string version) => version.Length == DateForm.Length
        && version.Zip(DateForm).All(pair =>
            char.IsAsciiDigit(pair.Second) ? char.IsAsciiDigit(pair.First) : pair.First == pair.Second);
}
