namespace HybridCalendar.Adapters.Exchange.Reading;

/// <summary>A time zone as Exchange wrote it, not yet understood; any part of it may be missing.</summary>
/// <seealso href="https://learn.microsoft.com/exchange/client-developer/web-service-reference/starttimezone"/>
/// <param name="Id">"" when there is none.</param>
/// <param name="Name">"" when there is none.</param>
internal sealed record RawZone(string Id, string Name)
{
    /// <summary>Offsets from UTC.</summary>
    internal List<RawPeriod> Periods { get; } = [];

    /// <summary>Rules of a year, by transitions between periods.</summary>
    internal List<RawTransitionsGroup> Groups { get; } = [];

    /// <summary>Which group, or which period, is in force from when on.</summary>
    internal List<RawTransition> Transitions { get; } = [];

    // What is printed is logged.
    public override string ToString() => nameof(RawZone);
}

/// <param name="Bias">xs:duration: UTC is local time and this.</param>
internal sealed record RawPeriod(string Id, string Bias);

/// <summary>The transitions of one year, again and again.</summary>
internal sealed record RawTransitionsGroup(string Id, IReadOnlyList<RawTransition> Transitions);

/// <summary>A transition: the name of its element, what it leads to, and its values.</summary>
/// <param name="Kind">Period or Group.</param>
/// <param name="To">Id of the period or group.</param>
internal sealed record RawTransition(
    string Name, string Kind, string To, IReadOnlyDictionary<string, string> Values)
{
    internal static readonly IReadOnlyDictionary<string, string> NoValues = new Dictionary<string, string>();

    internal string Of(string name) => Values.GetValueOrDefault(name, "");
}
