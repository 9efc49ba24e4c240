namespace HybridCalendar.Adapters.Exchange.Versions;

/// <summary>
/// What a server says it is: 15.0 is Exchange 2013, 15.1 is 2016, 15.2 is 2019 or Subscription Edition.
/// </summary>
/// <seealso href="https://learn.microsoft.com/exchange/client-developer/web-service-reference/serverversioninfo"/>
internal readonly record struct ServerVersion(int Major, int Minor, int MajorBuild, int MinorBuild)
    : IComparable<ServerVersion>
{
    /// <summary>The build with which Exchange 2013 became Service Pack 1.</summary>
    private const int ServicePack1 = 847;

    private static readonly ServerVersion Exchange2016 = new(15, 1, 0, 0);

    /// <summary>The newest dialect that such a server speaks.</summary>
    internal Dialect Newest =>
        CompareTo(Exchange2016) >= 0 ? Dialect.Exchange2016
        : Major == 15 && MajorBuild >= ServicePack1 ? Dialect.Exchange2013_SP1
        : Dialect.Exchange2013;

    /// <summary>Streams that it keeps open at the same time for one account, unless it was set otherwise.
    /// </summary>
    internal int HangingConnections =>
        CompareTo(Exchange2016) >= 0 ? Bounds.HangingConnections : Bounds.HangingConnectionsOf2013;

    public int CompareTo(ServerVersion other) =>
        (Major, Minor, MajorBuild, MinorBuild).CompareTo(
            (other.Major, other.Minor, other.MajorBuild, other.MinorBuild));

    public override string ToString() => $"{Major}.{Minor}.{MajorBuild}.{MinorBuild}";
}
