namespace HybridCalendar.ExchangeLab.Style;

/// <summary>How replies are written where real servers differ from each other or from the schema.</summary>
public sealed record WireSettings
{
    /// <summary>
    /// The prefixes of elements: as Exchange 2019 has them, none (default namespaces), or drawn for each
    /// reply.
    /// </summary>
    public Prefixes Prefixes { get; init; }

    /// <summary>Whether replies begin with an XML declaration.</summary>
    public bool Declaration { get; init; } = true;

    /// <summary>Whether each envelope of a stream begins with an XML declaration.</summary>
    public bool StreamDeclaration { get; init; }

    /// <summary>Whether the envelopes of a stream have the prefix s instead of a default namespace.</summary>
    public bool StreamPrefix { get; init; }

    /// <summary>
    /// Whether ids in ErrorSubscriptionIds stand in the types namespace, as the schema says.
    /// </summary>
    public bool ErrorSubscriptionIdsInTypes { get; init; }

    /// <summary>Whether Notification stands in the types namespace, as the schema says.</summary>
    public bool NotificationInTypes { get; init; }

    /// <summary>
    /// Whether MessageXml stands in the other namespace: types in response messages, messages in faults.
    /// </summary>
    public bool MessageXmlSwapped { get; init; }

    public RecurrenceDates RecurrenceDates { get; init; }

    /// <summary>
    /// Whether a calendar view beyond the find-count limit is cut off instead of refused, for versions that
    /// know partial results.
    /// </summary>
    public bool PartialCalendarViews { get; init; }
}
