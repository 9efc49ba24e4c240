using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Host.Keys;
using HybridCalendar.Projections;
using Marten;

namespace HybridCalendar.Host.Commands;

/// <summary>Mailboxes as people call them: by their addresses.</summary>
internal sealed class MailboxNames(IDocumentStore store, Keyring keyring)
{
    private readonly Dictionary<Guid, string> names = [];

    /// <summary>The mailbox that an id or an address names; whether there is one, is not asked.</summary>
    public static async Task<Guid> IdOf(string text, Keyring keyring) =>
        Guid.TryParse(text, out var id) ? id : (await keyring.IdOf(text, CancellationToken.None)).Value;

    /// <summary>The address, or the id while the mailbox is not listed.</summary>
    public async Task<string> Of(Guid? owner)
    {
        if (owner is not { } mailbox)
        {
            return "the organization";
        }

        if (names.TryGetValue(mailbox, out var known))
        {
            return known;
        }

        await using var session = store.QuerySession();
        if (await session.LoadAsync<ListedMailbox>(mailbox) is not { } listed)
        {
            return $"{mailbox}";
        }

        var seal = await keyring.SealOf(new MailboxId(mailbox), CancellationToken.None);
        return names[mailbox] = seal.Open(listed.Mailbox.Address);
    }
}
