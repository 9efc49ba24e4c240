using HybridCalendar.EndToEnd.Cluster;
using HybridCalendar.EndToEnd.Service;
using Npgsql;

namespace HybridCalendar.EndToEnd.Rebuild;

/// <summary>The service runs as an account that may not alter a table.</summary>
public sealed class RoleTests
{
    [Fact]
    public async Task the_service_needs_no_right_to_alter_tables()
    {
        await using var world = await World.Start(seed: 9, inRole: MakeRole);
        try
        {
            await world.Lab.ChangeSomething(1);
            await Deadline.Wait(new Oracle(world).Difference, LiveWorld.Limit);
            (await world.Service.TryCommand("projections", "verify")).Code.ShouldBe(0);
            (await world.Service.TryCommand("projections", "status")).Code.ShouldBe(0);
            var refused = await world.Service.TryCommand("projections", "rebuild", "presence");
            refused.Code.ShouldBe(1);
            refused.Told.ShouldContain("permission denied");

            // The owner rebuilds meanwhile, and the service may read what was rebuilt.
            await world.Service.CommandIn(
                [("ConnectionStrings__Calendar", world.Database.ConnectionString)], "projections", "rebuild");
            await world.Lab.ChangeSomething(2);
            await Deadline.Wait(new Oracle(world).Difference, LiveWorld.Limit);
            (await world.Service.Stop()).ShouldBe(0);
        }
        finally
        {
            await world.Database.Execute(
                $"""
                grant {RoleOf(world.Database)} to current_user;
                drop owned by {RoleOf(world.Database)};
                drop role {RoleOf(world.Database)}
                """);
        }
    }

    private static string RoleOf(TestDatabase database) => $"role_{database.Name}";

    private static async Task<string> MakeRole(TestDatabase database)
    {
        const string Password = "only-rows";
        var outcome = await database.Script(
            Path.Combine(Shell.Root, "db", "roles.sql"),
            ("role", RoleOf(database)),
            ("password", $"'{Password}'"));
        outcome.Code.ShouldBe(0, outcome.Told);
        return new NpgsqlConnectionStringBuilder(database.ConnectionString)
        {
            Username = RoleOf(database),
            Password = Password,
        }.ConnectionString;
    }
}
