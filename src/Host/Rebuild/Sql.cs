using Npgsql;

namespace HybridCalendar.Host.Rebuild;

/// <summary>Statements of one line.</summary>
internal static class Sql
{
    public static async Task Execute(
        this NpgsqlConnection connection,
        string statement,
        CancellationToken cancellation,
        params object[] values)
    {
        await using var command = Command(connection, statement, values);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>The one value that a query yields; null for none.</summary>
    public static async Task<object?> Value(
        this NpgsqlConnection connection,
        string query,
        CancellationToken cancellation,
        params object[] values)
    {
        await using var command = Command(connection, query, values);
        return await command.ExecuteScalarAsync(cancellation) is { } value and not DBNull ? value : null;
    }

    /// <summary>What a query yields, row by row.</summary>
    public static async Task<List<T>> Rows<T>(
        this NpgsqlConnection connection,
        string query,
        Func<NpgsqlDataReader, T> read,
        CancellationToken cancellation,
        params object[] values)
    {
        await using var command = Command(connection, query, values);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellation))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string statement, object[] values)
    {
        var command = new NpgsqlCommand(statement, connection) { CommandTimeout = 0 };
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
