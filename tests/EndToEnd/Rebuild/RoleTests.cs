using HybridCalendar.EndToEnd.Cluster;
using HybridCalendar.EndToEnd.Service;
using Npgsql;

namespace HybridCalendar.EndToEnd.Rebuild;

/// <summary>The service runs as an account that may not alter a table.</summary>
public sealed class RoleTests
{
    /// <summary>Made by db/cluster, for the owner to take.</summary>
    private const string Role = "calendar_service";

    [Fact]
    public async Task the_service_needs_no_right_to_alter_tables()
    {
        await using var world = await World.Start(seed: 9, inRole: TakeRole);
        await world.Lab.ChangeSomething(1);
        await Deadline.Wait(new Oracle(world).Difference, LiveWorld.Limit);
        (await world.Service.TryCommand("projections", "verify")).Code.ShouldBe(0);
        (await world.Service.TryCommand("projections", "status")).Code.ShouldBe(0);
        var refused = await world.Service.TryCommand("projections", "rebuild", "presence");
        refused.Code.ShouldBe(1);
        refused.Told.ShouldContain("permission denied");

        // What was recorded is signed, and stays as it is.
        await Deadline.Wait(() => Unsigned(world), LiveWorld.Limit);
        foreach (var table in new[] { "mt_events", "audit_leaf", "audit_head" })
        {
            var refusal = await Should.ThrowAsync<PostgresException>(
                () => world.Database.Execute($"set role {Role}; delete from calendar.{table}"));
            refusal.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        }

        // The owner rebuilds meanwhile, and the service may read what was rebuilt.
        await world.Service.CommandIn(
            [("ConnectionStrings__Calendar", world.Database.ConnectionString)], "projections", "rebuild");
        await world.Lab.ChangeSomething(2);
        await Deadline.Wait(new Oracle(world).Difference, LiveWorld.Limit);
        (await world.Service.Stop()).ShouldBe(0);
    }

    private static async Task<string?> Unsigned(World world) =>
        await world.Database.Query<bool>("select exists (select from calendar.audit_head)")
            ? null
            : "nothing is signed";

    private static async Task<string> TakeRole(TestDatabase database)
    {
        var mayTake = await database.Query<bool>(
            $"select exists (select from pg_roles where rolname = '{Role}' and pg_has_role(oid, 'member'))");
        Assert.SkipUnless(mayTake, $"The account has no role {Role}: db/cluster destroy, then again.");
        var outcome = await database.Script(
            Path.Combine(Shell.Root, "db", "roles.sql"), ("role", Role));
        outcome.Code.ShouldBe(0, outcome.Told);
        return new NpgsqlConnectionStringBuilder(database.ConnectionString)
        {
            Options = $"-c role={Role}",
        }.ConnectionString;
    }
}
