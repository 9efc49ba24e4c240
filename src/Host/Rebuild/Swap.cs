using HybridCalendar.Projections;
using Npgsql;

namespace HybridCalendar.Host.Rebuild;

/// <summary>Puts a shadow in the place of the table that is read, in one short transaction.</summary>
/// <remarks>
/// The daemon commits a page by updating its row of progress first and its documents then. Whoever holds that
/// row holds the daemon still; locks are taken in the daemon's order, so neither waits for the other for
/// ever. A page that the daemon had begun was folded from documents of the old table. It may be committed
/// when those documents are in the shadow as well; otherwise the progress is moved on, so that the page is
/// refused and the daemon begins anew from what is stored.
/// </remarks>
internal sealed class Swap(Shadow shadow)
{
    /// <summary>So many positions at most are gone through while readers wait.</summary>
    private const int LastStep = 500;

    private const string Progress = $"{Catalog.Schema}.mt_event_progression";

    // Longer than this nobody is kept from reading; then it is tried again.
    private const string Patience = "set local lock_timeout = '2s'";

    private static readonly string HighWater = $"""
        with later as (
            select seq_id, seq_id - row_number() over (order by seq_id) as floor
            from {Catalog.Schema}.mt_events where seq_id > $1 order by seq_id limit {LastStep})
        select greatest(
            (select max(seq_id) from later where floor = $1),
            (select least(last_seq_id, $1 + {LastStep}) from {Progress} where name = 'HighWaterMark'),
            $1)
        """;

    private readonly CatchUp catchUp = new(shadow);

    /// <summary>Where the daemon is; null when it never began.</summary>
    public static async Task<long?> Position(
        NpgsqlConnection connection, string shard, CancellationToken cancellation) =>
        (long?)await connection.Value(
            $"select last_seq_id from {Progress} where name = $1", cancellation, shard);

    /// <summary>Swaps; false when too much is missing, or somebody reads for too long.</summary>
    /// <param name="position">Up to where the shadow is folded.</param>
    public async Task<bool> Try(NpgsqlConnection connection, long position, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        try
        {
            await connection.Execute(Patience, cancellation);
            var progress = await Hold(connection, position, cancellation);
            if (progress - position > LastStep)
            {
                return false;
            }

            await connection.Execute(
                $"lock table {shadow.Table} in access exclusive mode", cancellation);
            var reached = Math.Max(position, progress);
            await catchUp.Fold(connection, position, reached, cancellation);
            if (reached == progress && await WouldSpoil(connection, reached, cancellation))
            {
                var further = (long)(await connection.Value(HighWater, cancellation, reached))!;
                await catchUp.Fold(connection, reached, further, cancellation);
                reached = further;
            }

            await shadow.TakePlace(connection, cancellation);
            await connection.Execute(
                $"""
                update {Progress} set last_seq_id = $2, last_updated = transaction_timestamp()
                where name = $1 and last_seq_id <> $2
                """,
                cancellation,
                shadow.Model.Shard,
                reached);
            await Build.Finish(connection, shadow.Model.Shard, cancellation);
            await transaction.CommitAsync(cancellation);
            return true;
        }
        catch (PostgresException busy) when (busy.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return false;
        }
    }

    // Where the daemon is, and it stays there until the transaction ends. One that never began is held from
    // beginning by a row of progress at the shadow's position, unless there is nothing to fold at all.
    private async Task<long> Hold(NpgsqlConnection connection, long position, CancellationToken cancellation)
    {
        if (position > 0)
        {
            await connection.Execute(
                $"insert into {Progress} (name, last_seq_id) values ($1, $2) on conflict (name) do nothing",
                cancellation,
                shadow.Model.Shard,
                position);
        }

        return (long?)await connection.Value(
            $"select last_seq_id from {Progress} where name = $1 for update",
            cancellation,
            shadow.Model.Shard) ?? 0;
    }

    // Whether a page that the daemon has begun could be folded from other documents than the shadow's.
    private async Task<bool> WouldSpoil(
        NpgsqlConnection connection, long position, CancellationToken cancellation)
    {
        var streams = await catchUp.StreamsAfter(connection, position, long.MaxValue, cancellation);
        return streams.Length > 0 && await connection.Value(
            $"""
            select 1 from
                (select id, data from {shadow.Table} where id = any($1)) as old
            full join
                (select id, data from {shadow.Name} where id = any($1)) as new using (id)
            where old.data is distinct from new.data limit 1
            """,
            cancellation,
            streams) is { };
    }
}
