using HybridCalendar.Projections;
using Marten;

namespace HybridCalendar.Host.Rebuild;

/// <summary>Marten's tables of the read models' documents, with their schema.</summary>
internal sealed class ReadModelTables(IDocumentStore store)
{
    public string Of(ReadModel model) =>
        store.Options.FindOrResolveDocumentType(model.Document).TableName.QualifiedName;

    /// <summary>
    /// The table of another version: Marten puts the number at the end, from the second on.
    /// </summary>
    public string Of(ReadModel model, uint version)
    {
        var table = Of(model);
        var ending = Ending(model.Version);
        return table[..^ending.Length] + Ending(version);
    }

    private static string Ending(uint version) => version > 1 ? $"_{version}" : "";
}
