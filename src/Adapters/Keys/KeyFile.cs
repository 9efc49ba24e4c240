using System.Runtime.InteropServices;
using System.Security.Cryptography;
using HybridCalendar.Domain;

namespace HybridCalendar.Adapters.Keys;

/// <summary>
/// A key-encryption key in a file that only its owner can read:
/// base64 of 32 random bytes, made on first start.
/// </summary>
/// <remarks>
/// Whoever loses the file loses every sealed text. Keep a copy of it apart from the database's backups.
/// </remarks>
public sealed class KeyFile : IKeyEncryptionKey, IDisposable
{
    private static readonly Guid Owner = new("9a3c4c52-7d5b-5e0a-9a58-51f1c3c0d9e4");

    private readonly MailboxSeal seal;

    private KeyFile(ReadOnlySpan<byte> key) => seal = new MailboxSeal(Owner, key);

    /// <summary>Reads the key; makes the file (mode 0600) and its folder when there is none.</summary>
    /// <exception cref="InvalidDataException">The file holds no key, or others may read it.</exception>
    public static KeyFile OpenOrCreate(string path)
    {
        if (!File.Exists(path))
        {
            Create(path);
        }

        if (!OperatingSystem.IsWindows()
            && (File.GetUnixFileMode(path) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)) != 0)
        {
            throw new InvalidDataException($"Others may read the key file {path}: run 'chmod 600 {path}'.");
        }

        Span<byte> key = stackalloc byte[MailboxSeal.DataKeyBytes];
        if (!Convert.TryFromBase64String(File.ReadAllText(path).Trim(), key, out var length)
            || length != key.Length)
        {
            throw new InvalidDataException(
                $"The key file {path} does not hold base64 of {key.Length} bytes: restore it from its copy.");
        }

        return new KeyFile(key);
    }

    public Task<byte[]> Wrap(ReadOnlyMemory<byte> dataKey, CancellationToken cancellation) =>
        Task.FromResult(Convert.FromBase64String(seal.Seal(Convert.ToBase64String(dataKey.Span)).Ciphertext));

    public Task<byte[]> Unwrap(ReadOnlyMemory<byte> wrapped, CancellationToken cancellation) =>
        Task.FromResult(
            Convert.FromBase64String(seal.Open(new Sealed(Convert.ToBase64String(wrapped.Span), ""))));

    public void Dispose() => seal.Dispose();

    // Written whole under a name of its own and then linked, so that a crash leaves no half key and two
    // first starts agree on one. Process ids will not do as names: in two containers that share a volume
    // they are often the same.
    private static void Create(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var draft = $"{path}.{Path.GetRandomFileName()}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new StreamWriter(draft, options))
        {
            file.WriteLine(Convert.ToBase64String(RandomNumberGenerator.GetBytes(MailboxSeal.DataKeyBytes)));
            file.Flush();
            ((FileStream)file.BaseStream).Flush(flushToDisk: true);
        }

        try
        {
            Publish(draft, path);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
    }

    // On Unix, File.Move looks whether the name is free and then renames, which replaces a key that came
    // in between.
    private static void Publish(string draft, string path)
    {
        if (!OperatingSystem.IsWindows() && Link(draft, path) == 0)
        {
            File.Delete(draft);
            return;
        }

        File.Move(draft, path, overwrite: false);
    }

    [DllImport("libc", EntryPoint = "link")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string existing,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string created);
}
