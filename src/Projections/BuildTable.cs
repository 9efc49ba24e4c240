using Marten;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace HybridCalendar.Projections;

/// <summary>Where is kept which read models are built, and how far those are that are being built.</summary>
public static class BuildTable
{
    public const string Name = "projection_builds";

    internal static void AddTo(StoreOptions store)
    {
        var table = new Table(
            new PostgresqlObjectName(Catalog.Schema, Name, SchemaUtils.IdentifierUsage.General));
        table.AddColumn("name", "varchar").AsPrimaryKey();
        table.AddColumn("built", "timestamp with time zone");
        table.AddColumn("code", "varchar");
        table.AddColumn("position", "bigint");
        table.AddColumn("bounds", "uuid[]");
        table.AddColumn("done", "integer");
        table.AddColumn("holder", "varchar");
        store.Storage.ExtendedSchemaObjects.Add(table);
    }
}
