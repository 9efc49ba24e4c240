using Marten;

namespace HybridCalendar.Host.Watch;

/// <summary>The documents that are no read model, but what watching itself has to remember.</summary>
public static class Bookkeeping
{
    /// <summary>Tells Marten how they are kept and found.</summary>
    public static void AddBookkeeping(this StoreOptions store)
    {
        store.Schema.For<KnownItem>()
            .Index(item => new { item.Mailbox, item.Pass })
            .Index(item => item.Meeting);
        store.Schema.For<ParkedItem>().Index(item => item.Mailbox);
        store.Schema.For<CalendarCursor>().UseNumericRevisions(true);
    }
}
