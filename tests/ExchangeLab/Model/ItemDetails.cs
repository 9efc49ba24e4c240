using System.Collections.Immutable;

namespace HybridCalendar.ExchangeLab.Model;

/// <summary>What one mailbox keeps with its copy of a meeting: nothing of it travels to others.</summary>
public sealed record ItemDetails
{
    public const int ReminderMinutesDefault = 15;

    public ImmutableArray<string> Categories { get; init; } = [];

    /// <summary>Low, Normal or High.</summary>
    public string Importance { get; init; } = "Normal";

    /// <summary>Null until somebody says so: then all but all-day items remind.</summary>
    public bool? ReminderIsSet { get; init; }

    public int ReminderMinutes { get; init; } = ReminderMinutesDefault;

    public bool IsResponseRequested { get; init; } = true;

    public bool AllowNewTimeProposal { get; init; } = true;

    /// <summary>The extended properties that clients wrote, each with its values.</summary>
    public ImmutableDictionary<PropertyName, ImmutableArray<string>> Properties { get; init; } =
        ImmutableDictionary<PropertyName, ImmutableArray<string>>.Empty;
}
