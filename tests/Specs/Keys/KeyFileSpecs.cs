using System.Runtime.Versioning;
using System.Security.Cryptography;
using HybridCalendar.Adapters.Keys;

namespace HybridCalendar.Specs.Keys;

public sealed class KeyFileSpecs : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly byte[] DataKey = [.. Enumerable.Range(0, MailboxSeal.DataKeyBytes).Select(n =>
        (byte)n)];

    private readonly string folder = Directory.CreateTempSubdirectory("hybrid-calendar-keys-").FullName;

    private string KeyPath => Path.Combine(folder, "deep", "key");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_first_start_makes_the_file_and_its_folder_and_nothing_else()
    {
        using var key = KeyFile.OpenOrCreate(KeyPath);

        Directory.GetFiles(Path.GetDirectoryName(KeyPath)!).ShouldBe([KeyPath]);
        Convert.FromBase64String(File.ReadAllText(KeyPath).Trim()).Length.ShouldBe(MailboxSeal.DataKeyBytes);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Only_the_owner_may_read_the_file()
    {
        SkipOnWindows();
        using var key = KeyFile.OpenOrCreate(KeyPath);

        File.GetUnixFileMode(KeyPath).ShouldBe(OwnerOnly);
    }

    [Fact]
    public async Task The_next_start_reads_the_same_key()
    {
        using var first = KeyFile.OpenOrCreate(KeyPath);
        var wrapped = await first.Wrap(DataKey, CancellationToken.None);

        using var second = KeyFile.OpenOrCreate(KeyPath);
        (await second.Unwrap(wrapped, CancellationToken.None)).ShouldBe(DataKey);
    }

    [Fact]
    public async Task What_another_key_wrapped_is_refused()
    {
        using var key = KeyFile.OpenOrCreate(KeyPath);
        using var other = KeyFile.OpenOrCreate($"{KeyPath}2");
        var wrapped = await other.Wrap(DataKey, CancellationToken.None);

        await Should.ThrowAsync<CryptographicException>(() => key.Unwrap(wrapped, CancellationToken.None));
    }

    [Fact]
    public async Task A_wrapped_key_that_was_altered_is_refused()
    {
        using var key = KeyFile.OpenOrCreate(KeyPath);
        var wrapped = await key.Wrap(DataKey, CancellationToken.None);
        wrapped[^1] ^= 1;

        await Should.ThrowAsync<CryptographicException>(() => key.Unwrap(wrapped, CancellationToken.None));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherWrite)]
    [UnsupportedOSPlatform("windows")]
    public void A_file_that_others_may_touch_is_refused_and_the_message_says_what_to_do(UnixFileMode others)
    {
        SkipOnWindows();
        using var key = KeyFile.OpenOrCreate(KeyPath);
        File.SetUnixFileMode(KeyPath, OwnerOnly | others);

        Should.Throw<InvalidDataException>(() => KeyFile.OpenOrCreate(KeyPath))
            .Message.ShouldBe($"Others may read the key file {KeyPath}: run 'chmod 600 {KeyPath}'.");
    }

    [Theory]
    [InlineData("")]
    [InlineData("not base64!")]
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg==")] // 31 bytes
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g")] // 33 bytes
    public void A_file_without_a_key_is_refused_and_stays_as_it_is(string text)
    {
        using (KeyFile.OpenOrCreate(KeyPath))
        {
            File.WriteAllText(KeyPath, text);
        }

        Should.Throw<InvalidDataException>(() => KeyFile.OpenOrCreate(KeyPath)).Message.ShouldBe(
            $"The key file {KeyPath} does not hold base64 of 32 bytes: restore it from its copy.");
        File.ReadAllText(KeyPath).ShouldBe(text);
    }

    /// <summary>How: many first starts at once, again and again, each with a data key to wrap.</summary>
    [Fact]
    public async Task First_starts_at_the_same_time_agree_on_one_key()
    {
        const int Rounds = 50;
        const int StartsAtOnce = 4;
        for (var round = 0; round < Rounds; round++)
        {
            var path = Path.Combine(folder, $"{round}", "key");
            using var together = new Barrier(StartsAtOnce);
            var starts = Enumerable.Range(0, StartsAtOnce).Select(_ => OnThread(() =>
            {
                together.SignalAndWait();
                using var key = KeyFile.OpenOrCreate(path);
                return key.Wrap(DataKey, CancellationToken.None);
            }));
            var wrapped = await Task.WhenAll(starts);

            using var later = KeyFile.OpenOrCreate(path);
            foreach (var dataKey in wrapped)
            {
                (await later.Unwrap(dataKey, CancellationToken.None)).ShouldBe(DataKey);
            }

            Directory.GetFiles(Path.GetDirectoryName(path)!).ShouldBe([path]);
        }
    }

    private static Task<T> OnThread<T>(Func<Task<T>> work) => Task.Factory.StartNew(
        work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();

    private static void SkipOnWindows() =>
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has access lists where Unix has modes.");
}
