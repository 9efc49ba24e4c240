namespace HybridCalendar.EndToEnd.Service;

/// <summary>A world that the tests of one class share; each books meetings of its own.</summary>
public class LiveWorld : IAsyncLifetime
{
    internal static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    internal World World { get; private set; } = null!;

    internal virtual int People => Lab.FewPeople;

    /// <summary>Other settings than those of most tests.</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings { get; } =
        new Dictionary<string, string>();

    public async ValueTask InitializeAsync()
    {
        World = await World.Start(seed: 1, settings: Settings, people: People);
        await Deadline.Wait(NotAllActive, Limit);
    }

    public async ValueTask DisposeAsync()
    {
        await World.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>The id under which the service knows a mailbox.</summary>
    internal async Task<Guid> IdOf(string address) =>
        (await World.Service.Mailboxes()).Single(mailbox => mailbox.Address == address).Id;

    private async Task<string?> NotAllActive()
    {
        var mailboxes = await World.Service.Mailboxes();
        var waiting = mailboxes.Count(mailbox => mailbox.Status != Domain.Mailboxes.MailboxStatus.Active);
        return mailboxes.Count == World.Mailboxes.Count && waiting == 0
            ? null
            : $"{waiting} of {mailboxes.Count} mailboxes are not active";
    }
}
