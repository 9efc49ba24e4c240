using Weasel.Core.Migrations;

namespace HybridCalendar.Host;

/// <summary>The database's tables are not those of this version. The message is for the operator.</summary>
internal sealed class SchemaException(Exception difference) : Exception(
    "The database's tables are not those that this version of the service wants, and it does not "
    + "change them itself. Run db-apply with the account that owns them (./run db-apply); db-assert tells "
    + "what differs.",
    difference);

/// <summary>
/// Whether the database is as this version wants it. The service only looks: db-apply changes.
/// </summary>
internal static class Schema
{
    /// <exception cref="SchemaException">A table, a column, an index or a function is missing or another.
    /// </exception>
    public static async Task Check(IServiceProvider services, CancellationToken cancellation)
    {
        foreach (var source in services.GetServices<IDatabaseSource>())
        {
            foreach (var database in await source.BuildDatabases())
            {
                await Check(database, cancellation);
            }
        }
    }

    private static async Task Check(IDatabase database, CancellationToken cancellation)
    {
        try
        {
            await database.AssertDatabaseMatchesConfigurationAsync(cancellation);
        }
        catch (DatabaseValidationException difference)
        {
            throw new SchemaException(difference);
        }
    }
}
