using System.Collections.Concurrent;
using System.Security.Cryptography;
using HybridCalendar.Adapters.Keys;
using HybridCalendar.Domain.Mailboxes;
using JasperFx;
using Marten;

namespace HybridCalendar.Host.Keys;

/// <summary>A data key as it is stored: wrapped by the key-encryption key.</summary>
/// <param name="Id">The mailbox, or <see cref="Keyring.Organization"/>.</param>
public sealed record DataKey(Guid Id, byte[] Wrapped);

/// <summary>
/// The data keys of all mailboxes: made when a mailbox is enabled, unwrapped once, kept in memory.
/// </summary>
public sealed class Keyring(IDocumentStore store, IKeyEncryptionKey keyEncryptionKey) : IDisposable
{
    /// <summary>Owner of the key under which addresses are digested to mailbox ids.</summary>
    public static readonly Guid Organization = new("d1c5a7f0-3d0e-5d4b-8f6c-2a9b7c1e0f53");

    // What is recorded of the organization is not sealed.
    private static readonly Guid OrganizationStream = Domain.Organizations.Organization.Stream;

    private const int GuidBytes = 16;
    private const int VersionByte = 6;
    private const int VariantByte = 8;

    private readonly ConcurrentDictionary<Guid, MailboxSeal> seals = new();

    /// <summary>
    /// The mailbox of an address, whatever its letters' case:
    /// the same for ever, and not to be guessed without the key.
    /// </summary>
    /// <remarks>Version 8 of RFC 9562, section 5.8: the first bytes of a keyed digest.</remarks>
    public async Task<MailboxId> IdOf(string address, CancellationToken cancellation)
    {
        var organization = await SealOf(Organization, makes: true, cancellation);
        var id = organization.Digest($"mailbox {address.ToLowerInvariant()}").AsSpan(0, GuidBytes);
        id[VersionByte] = (byte)((id[VersionByte] & 0x0F) | 0x80);
        id[VariantByte] = (byte)((id[VariantByte] & 0x3F) | 0x80);
        return new MailboxId(new Guid(id, bigEndian: true));
    }

    /// <summary>Seals and opens a mailbox's texts.</summary>
    /// <exception cref="SettingsException">The mailbox's key is not there.</exception>
    public Task<MailboxSeal> SealOf(MailboxId mailbox, CancellationToken cancellation) =>
        SealOf(mailbox.Value, makes: false, cancellation);

    /// <summary>The same of a mailbox that is to be watched, perhaps for the first time.</summary>
    /// <exception cref="SettingsException">The mailbox has events, and its key is not there.</exception>
    public Task<MailboxSeal> MakeSealOf(MailboxId mailbox, CancellationToken cancellation) =>
        SealOf(mailbox.Value, makes: true, cancellation);

    public void Dispose()
    {
        foreach (var seal in seals.Values)
        {
            seal.Dispose();
        }
    }

    private async Task<MailboxSeal> SealOf(Guid owner, bool makes, CancellationToken cancellation)
    {
        if (seals.TryGetValue(owner, out var seal))
        {
            return seal;
        }

        var wrapped = await Stored(owner, cancellation)
            ?? (makes && !await IsLost(owner, cancellation)
                ? await Make(owner, cancellation)
                : throw new SettingsException(
                    "The database has sealed texts whose key is not there: restore its data keys as well."));
        var dataKey = await Unwrap(wrapped, cancellation);
        return seals.GetOrAdd(owner, id => new MailboxSeal(id, dataKey));
    }

    private async Task<byte[]> Unwrap(byte[] wrapped, CancellationToken cancellation)
    {
        try
        {
            return await keyEncryptionKey.Unwrap(wrapped, cancellation);
        }
        catch (CryptographicException)
        {
            throw new SettingsException(
                "The key in Keys__File is not the one that this database was sealed with: "
                + "restore the key file from its copy.");
        }
    }

    // A key that texts were sealed with must not be replaced by a new one.
    private async Task<bool> IsLost(Guid owner, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        var events = session.Events.QueryAllRawEvents();
        return owner == Organization
            ? await events.AnyAsync(e => e.StreamId != OrganizationStream, cancellation)
            : await events.AnyAsync(e => e.StreamId == owner, cancellation);
    }

    private async Task<byte[]?> Stored(Guid owner, CancellationToken cancellation)
    {
        await using var session = store.QuerySession();
        return (await session.LoadAsync<DataKey>(owner, cancellation))?.Wrapped;
    }

    // Two processes may make one at the same time: the first that is stored is the key.
    private async Task<byte[]> Make(Guid owner, CancellationToken cancellation)
    {
        var dataKey = RandomNumberGenerator.GetBytes(MailboxSeal.DataKeyBytes);
        var wrapped = await keyEncryptionKey.Wrap(dataKey, cancellation);
        await using var session = store.LightweightSession();
        session.Insert(new DataKey(owner, wrapped));
        try
        {
            await session.SaveChangesAsync(cancellation);
            return wrapped;
        }
        catch (DocumentAlreadyExistsException)
        {
            return (await Stored(owner, cancellation))!;
        }
    }
}
