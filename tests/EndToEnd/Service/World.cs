namespace HybridCalendar.EndToEnd.Service;

/// <summary>
/// An organization with its Exchange, a database and the service: real parts, each a process.
/// </summary>
internal sealed class World : IAsyncDisposable
{
    private World(
        Lab lab, TestDatabase database, CalendarService service, IReadOnlyList<LabMailbox> mailboxes)
    {
        Lab = lab;
        Database = database;
        Service = service;
        Mailboxes = mailboxes;
    }

    private readonly List<CalendarService> others = [];

    public Lab Lab { get; }

    public TestDatabase Database { get; }

    public CalendarService Service { get; }

    public IReadOnlyList<LabMailbox> Mailboxes { get; }

    /// <summary>Starts all of it; with two processes, both of the service start at the same time.</summary>
    /// <param name="inRole">Makes the account that the service runs as; without, it is the owner.</param>
    /// <param name="settings">Other settings than those of most tests.</param>
    /// <param name="people">How many the organization has, besides its rooms.</param>
    public static async Task<World> Start(
        int seed,
        int processes = 1,
        Func<TestDatabase, Task<string>>? inRole = null,
        IReadOnlyDictionary<string, string>? settings = null,
        int people = Lab.FewPeople)
    {
        var lab = new Lab(seed, people);
        await lab.Start();
        var mailboxes = await lab.Mailboxes();
        var database = await TestDatabase.Create();
        var account = inRole is null ? database.ConnectionString : await inRole(database);
        var service = new CalendarService(database, lab.EwsUrl, mailboxes, account, settings);
        var world = new World(lab, database, service, mailboxes);
        world.others.AddRange(Enumerable.Range(1, processes - 1).Select(_ => service.Another()));
        try
        {
            await Task.WhenAll(world.others.Concat([service]).Select(each => each.Start()));
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var other in others)
        {
            await other.DisposeAsync();
        }

        await Service.DisposeAsync();
        await Lab.DisposeAsync();
        await Database.DisposeAsync();
    }
}
