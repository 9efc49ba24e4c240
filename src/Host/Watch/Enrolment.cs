using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Domain.Organizations;
using HybridCalendar.Host.Keys;
using Marten;
using NodaTime;
using NodaTime.Extensions;

namespace HybridCalendar.Host.Watch;

/// <summary>
/// Brings the record in line with the organization's settings and its list of mailboxes:
/// says when Join buttons are up, enables what is new, disables what is gone.
/// </summary>
public sealed class Enrolment(
    Settings settings, IDocumentStore store, Keyring keyring, WatchedMailboxes watched, TimeProvider clock)
{
    /// <summary>The advisory lock of whoever records the list, a number of no meaning.</summary>
    private const long EnrolmentLock = 8_201_377_654_102_993;

    /// <summary>Reads the list, records what changed, and says whom to watch.</summary>
    /// <exception cref="SettingsException">A line of the list is wrong; the message names it.</exception>
    public async Task Run(CancellationToken cancellation)
    {
        var lines = await File.ReadAllLinesAsync(settings.MailboxFile, cancellation);
        var listed = MailboxFile.Parse(lines, settings.MailboxFile);
        var ids = new HashSet<MailboxId>();
        foreach (var batch in listed.Chunk(WatchBounds.MailboxesPerQuery))
        {
            ids.UnionWith(await Enable(batch, cancellation));
        }

        await DisableOthers(ids, cancellation);
        await using var session = await Open(cancellation);
        await Declare(new MartenLedger(session), settings, Now, cancellation);
        await session.SaveChangesAsync(cancellation);
    }

    /// <summary>Records that these mailboxes are on the list, and what they have of their own.</summary>
    internal static async Task Enable(
        ILedger ledger,
        IReadOnlyCollection<(WatchedMailbox Mailbox, OwnJoinTimes Times)> listed,
        Instant now,
        CancellationToken cancellation)
    {
        var streams = listed.Select(entry => entry.Mailbox.Id.Value).ToArray();
        var known = await ledger.Fold<Mailbox, MailboxEvent>(streams, Mailbox.Evolve, cancellation);
        foreach (var (mailbox, times) in listed)
        {
            ledger.Append(mailbox.Id.Value, MailboxDecider.Enable(
                known.GetValueOrDefault(mailbox.Id.Value),
                mailbox.Id,
                mailbox.Seal.Seal(mailbox.Address),
                mailbox.Kind,
                now,
                times));
        }
    }

    /// <summary>Records that these mailboxes are on the list no more.</summary>
    internal static async Task Disable(
        ILedger ledger, IReadOnlyCollection<MailboxId> gone, Instant now, CancellationToken cancellation)
    {
        var streams = gone.Select(id => id.Value).ToArray();
        var known = await ledger.Fold<Mailbox, MailboxEvent>(streams, Mailbox.Evolve, cancellation);
        foreach (var id in gone)
        {
            ledger.Append(id.Value, MailboxDecider.Disable(known.GetValueOrDefault(id.Value), id, now));
        }
    }

    /// <summary>Records when Join buttons are up by the organization's settings.</summary>
    internal static async Task Declare(
        ILedger ledger, Settings settings, Instant now, CancellationToken cancellation)
    {
        var known = await ledger.Fold<Organization, OrganizationEvent>(
            [Organization.Stream], Organization.Evolve, cancellation);
        ledger.Append(Organization.Stream, Organization.Declare(
            known.GetValueOrDefault(Organization.Stream), settings.JoinTimes, settings.RoomJoinTimes, now));
    }

    // Another process may start on the same list at the same time: one reads, decides and records after
    // the other.
    private async Task<IDocumentSession> Open(CancellationToken cancellation)
    {
        var session = store.LightweightSession();
        await session.BeginTransactionAsync(cancellation);
        await session.QueryAsync<int>(
            "select 1 from (select pg_advisory_xact_lock(?)) as locked", cancellation, EnrolmentLock);
        return session;
    }

    private async Task<IEnumerable<MailboxId>> Enable(ListedAddress[] batch, CancellationToken cancellation)
    {
        var mailboxes = new List<(WatchedMailbox Mailbox, OwnJoinTimes Times)>();
        foreach (var listed in batch)
        {
            var id = await keyring.IdOf(listed.Address, cancellation);
            var seal = await keyring.MakeSealOf(id, cancellation);
            mailboxes.Add(
                (new WatchedMailbox(id, listed.Address, seal) { Kind = listed.Kind }, listed.JoinTimes));
        }

        await using var session = await Open(cancellation);
        await Enable(new MartenLedger(session), mailboxes, Now, cancellation);
        await session.SaveChangesAsync(cancellation);
        mailboxes.ForEach(entry => watched.Add(entry.Mailbox));
        return mailboxes.Select(entry => entry.Mailbox.Id);
    }

    private async Task DisableOthers(HashSet<MailboxId> listed, CancellationToken cancellation)
    {
        await using var session = await Open(cancellation);
        var ledger = new MartenLedger(session);
        var enabled = await session.Events.QueryRawEventDataOnly<MailboxEnabled>().ToListAsync(cancellation);
        var others = enabled.Select(e => e.Mailbox).Distinct().Where(id => !listed.Contains(id));
        foreach (var batch in others.Chunk(WatchBounds.MailboxesPerQuery))
        {
            await Disable(ledger, batch, Now, cancellation);
        }

        await session.SaveChangesAsync(cancellation);
    }

    private Instant Now => clock.GetCurrentInstant();
}
