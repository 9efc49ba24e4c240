using System.Collections.Immutable;

namespace HybridCalendar.ExchangeLab.Model;

/// <summary>What add-ins keep of a meeting that is held online; it travels with the meeting.</summary>
public sealed record OnlineMeeting
{
    /// <summary>What Exchange shows as JoinOnlineMeetingUrl; null for none.</summary>
    public string? JoinUrl { get; init; }

    /// <summary>Texts in PublicStrings, by their names.</summary>
    public ImmutableDictionary<string, string> Properties { get; init; } =
        ImmutableDictionary<string, string>.Empty;
}
