using System.Xml.Linq;
using NodaTime;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>A property that clients may write.</summary>
/// <param name="Field">The FieldURI; the element has the name after its colon.</param>
/// <param name="Set">What an item becomes when it is set to an element's value.</param>
internal sealed record WritableField(string Field, Func<ItemDraft, XElement, DateTimeZone, ItemDraft> Set)
{
    public string Element { get; } = Field[(Field.IndexOf(':', StringComparison.Ordinal) + 1)..];

    /// <summary>What an item becomes when it is taken away; null when every item has to have it.</summary>
    public Func<ItemDraft, ItemDraft>? Delete { get; init; }

    /// <summary>What an item becomes when a value is added to it; null for one value only.</summary>
    public Func<ItemDraft, XElement, ItemDraft>? Append { get; init; }

    /// <summary>Whether one occurrence can have another value than its series.</summary>
    public bool IsOfOccurrences { get; init; }
}
