namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>A property of calendar items: its path, who may have it, and how it is written.</summary>
/// <param name="Field">The FieldURI.</param>
/// <param name="Write">Writes the element, or nothing when the item has no such property.</param>
internal sealed record ItemProperty(string Field, Action<ItemContext> Write)
{
    /// <summary>Whether the Default shape has it.</summary>
    public bool IsDefault { get; init; }

    /// <summary>Whether only GetItem gives it: listings do not open the item.</summary>
    public bool IsGetItemOnly { get; init; }

    public bool IsOfCalendar => Field.StartsWith("calendar:", StringComparison.Ordinal);

    /// <summary>The rank of the version that knows it first.</summary>
    public int Since { get; } = FieldUris.Since(Field);
}
