namespace HybridCalendar.Host.Rebuild;

/// <summary>Streams with an id after one and up to another; null: without bound.</summary>
internal readonly record struct StreamRange(Guid? After, Guid? UpTo)
{
    public static StreamRange All => default;

    /// <summary>What holds in SQL for a column with such ids.</summary>
    public string Condition(string column) =>
        (After is { } after ? $"{column} > '{after}'" : "true")
        + (UpTo is { } upTo ? $" and {column} <= '{upTo}'" : "");
}

/// <summary>
/// The documents of one stream, one for each read model, with the version of what made it so.
/// </summary>
internal sealed class FoldedStream(int models)
{
    public object?[] Documents { get; } = new object?[models];

    /// <summary>The version of the last event that a read model was folded from; 0 for none.</summary>
    public long[] Versions { get; } = new long[models];
}

/// <summary>The streams that one worker has folded.</summary>
internal sealed class FoldedPart : Dictionary<Guid, FoldedStream>
{
    /// <summary>The documents of a read model, by id in PostgreSQL's order.</summary>
    public IEnumerable<(Guid Id, object Document, long Version)> Documents(int model)
    {
        Guid[] ids = [.. Keys];
        Array.Sort(ids);
        foreach (var id in ids)
        {
            var stream = this[id];
            if (stream.Documents[model] is { } document)
            {
                yield return (id, document, stream.Versions[model]);
            }
        }
    }
}
