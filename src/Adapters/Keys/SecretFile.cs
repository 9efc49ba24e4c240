using System.Runtime.InteropServices;

namespace HybridCalendar.Adapters.Keys;

/// <summary>A file that only its owner can read, made when it is first asked for.</summary>
internal static class SecretFile
{
    /// <summary>Reads the text; makes the file (mode 0600) and its folder when there is none.</summary>
    /// <exception cref="InvalidDataException">Others may read the file.</exception>
    public static string ReadOrCreate(string path, Func<string> make)
    {
        if (!File.Exists(path))
        {
            Create(path, make());
        }

        if (!OperatingSystem.IsWindows()
            && (File.GetUnixFileMode(path) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)) != 0)
        {
            throw new InvalidDataException($"Others may read the key file {path}: run 'chmod 600 {path}'.");
        }

        return File.ReadAllText(path);
    }

    // Written whole under a name of its own and then linked, so that a crash leaves no half key and two
    // first starts agree on one. Process ids will not do as names: in two containers that share a volume
    // they are often the same.
    private static void Create(string path, string text)
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
            file.WriteLine(text.TrimEnd());
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
