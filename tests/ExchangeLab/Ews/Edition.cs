using HybridCalendar.ExchangeLab.Model;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>A release of Exchange Server that the lab can be.</summary>
/// <param name="Name">2013, 2016, 2019 or SE.</param>
/// <param name="Build">What ServerVersionInfo says: major, minor, major build, minor build.</param>
/// <param name="Version">The version that ServerVersionInfo names.</param>
/// <param name="Rank">The newest named version that requests may ask for.</param>
/// <param name="NewestDate">The newest dated version that requests may ask for; null for none.</param>
/// <param name="HangingConnections">How many streams one account may hold open.</param>
internal sealed record Edition(
    string Name,
    (int Major, int Minor, int MajorBuild, int MinorBuild) Build,
    string Version,
    int Rank,
    string? NewestDate,
    int HangingConnections)
{
    private const string Latest = "V2017_07_11";

    private static readonly Edition[] All =
    [
        new("2013", (15, 0, 1497, 48), "V2_23", ServerVersion.Exchange2013SP1, null, 3),
        new("2016", (15, 1, 2507, 39), Latest, ServerVersion.Exchange2016, Latest, 10),
        new("2019", (15, 2, 1748, 10), Latest, ServerVersion.Exchange2016, Latest, 10),
        new("SE", (15, 2, 2562, 17), Latest, ServerVersion.Exchange2016, "V2099_12_31", 10),
    ];

    public bool Is2016OrLater => Rank >= ServerVersion.Exchange2016;

    public static Edition Named(string name) =>
        All.FirstOrDefault(edition => edition.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new LabRefusal(
            $"The server version \"{name}\" is not known: give one of "
            + string.Join(", ", All.Select(one => one.Name)) + ".");
}
