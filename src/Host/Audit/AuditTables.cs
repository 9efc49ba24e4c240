using HybridCalendar.Projections;
using Marten;
using Weasel.Postgresql.Tables;

namespace HybridCalendar.Host.Audit;

/// <summary>The tables of the notary. It only ever adds rows, and needs no other right to them.</summary>
internal static class AuditTables
{
    /// <summary>The hash of each event that was notarized.</summary>
    public const string Leaves = $"{Catalog.Schema}.audit_leaf";

    /// <summary>The signed heads, with the peaks of the tree that each covers.</summary>
    public const string Heads = $"{Catalog.Schema}.audit_head";

    public static void AddAudit(this StoreOptions store)
    {
        var leaves = new Table(Leaves);
        leaves.AddColumn("seq_id", "bigint").AsPrimaryKey();
        leaves.AddColumn("stream_id", "uuid").NotNull();
        leaves.AddColumn("version", "bigint").NotNull();
        leaves.AddColumn("hash", "bytea").NotNull();
        leaves.Indexes.Add(new IndexDefinition("audit_leaf_idx_stream_id_version")
        {
            Columns = ["stream_id", "version"],
            IsUnique = true,
        });
        store.Storage.ExtendedSchemaObjects.Add(leaves);

        var heads = new Table(Heads);
        heads.AddColumn("seq_id", "bigint").AsPrimaryKey();
        heads.AddColumn("head", "text").NotNull();
        heads.AddColumn("peaks", "bytea").NotNull();
        store.Storage.ExtendedSchemaObjects.Add(heads);
    }
}
