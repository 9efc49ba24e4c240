using HybridCalendar.EndToEnd.Service;
using Npgsql;

namespace HybridCalendar.EndToEnd.Rebuild;

/// <summary>
/// Reads a table of documents all the time, as readers do, and notes how many there were, and how many of
/// them bear the mark by which a test knows the old ones.
/// </summary>
internal sealed class Watch : IAsyncDisposable
{
    /// <summary>A correlation that no meeting has; folding keeps it.</summary>
    public const string Mark = "00000000-0000-0000-0000-00000000dead";

    private readonly CancellationTokenSource stop = new();
    private readonly List<(long All, long Old)> seen = [];
    private readonly Task watching;

    public Watch(TestDatabase database)
    {
        watching = Task.Run(() => Read(database.ConnectionString));
    }

    /// <summary>Marks all meetings of the list: from now on they are wrong, and known as old.</summary>
    public static Task MarkAll(TestDatabase database) => database.Execute(
        $$"""
        update calendar.mt_doc_listedmeeting set data = jsonb_set(data, '{correlation}', '"{{Mark}}"')
        """);

    /// <summary>What was seen, without what was the same as before.</summary>
    public async Task<IReadOnlyList<(long All, long Old)>> End()
    {
        await stop.CancelAsync();
        await watching;
        return [.. seen.Where((one, index) => index == 0 || seen[index - 1] != one)];
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await watching;
        stop.Dispose();
    }

    // Without pause: one statement after the other, of which each must see one table, whole.
    private async Task Read(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            $"""
            select count(*), count(*) filter (where data ->> 'correlation' = '{Mark}')
            from calendar.mt_doc_listedmeeting
            """,
            connection);
        await command.PrepareAsync();
        while (!stop.IsCancellationRequested)
        {
            await using var reader = await command.ExecuteReaderAsync();
            await reader.ReadAsync();
            seen.Add((reader.GetInt64(0), reader.GetInt64(1)));
        }
    }
}
