using System.Security.Cryptography;
using HybridCalendar.Domain.Audit;
using HybridCalendar.Host.Audit;
using JasperFx.CommandLine;

namespace HybridCalendar.Host.Commands;

/// <summary>What <see cref="AuditCommand"/> is asked.</summary>
public sealed class AuditInput : NetCoreInput
{
    [Description("head: the newest signed head. key: the public key. verify: whether the record is whole")]
    public string Action { get; set; } = "";

    [FlagAlias("out", true)]
    [Description("The file to write a head or a key to; the terminal, unless one is named")]
    public string? OutFlag { get; set; }

    [FlagAlias("head", true)]
    [Description("verify: a file with heads that you kept, one a line")]
    public string? HeadFlag { get; set; }

    [FlagAlias("public-key", true)]
    [Description("verify: a PEM file with the key whose signatures count")]
    public string? PublicKeyFlag { get; set; }

    [FlagAlias("export", true)]
    [Description("verify: a file that export wrote, instead of the database")]
    public string? ExportFlag { get; set; }
}

/// <summary>Command line: audit, whether the record is as it was.</summary>
[Description("Shows that nothing recorded was changed, removed or put in between", Name = "audit")]
public sealed class AuditCommand : JasperFxAsyncCommand<AuditInput>
{
    public AuditCommand() => Usage("Head, key, or verify").Arguments(input => input.Action);

    public override async Task<bool> Execute(AuditInput input)
    {
        using var host = input.BuildHost();
        var services = host.Services;
        try
        {
            return input.Action switch
            {
                "head" => await Give(await NewestHead(services), input.OutFlag),
                "key" => await Give(PublicKey(services), input.OutFlag),
                "verify" => await Verify(services, input),
                _ => Say(false, $"audit head, audit key or audit verify, not: {input.Action}"),
            };
        }
        catch (Exception wrong) when (wrong is IOException or FormatException or ArgumentException)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return false;
        }
    }

    private static async Task<string?> NewestHead(IServiceProvider services)
    {
        var heads = await services.GetRequiredService<AuditLog>()
            .NewestHeads(long.MaxValue, 1, CancellationToken.None);
        return heads.Count > 0 ? $"{heads[0]}" : null;
    }

    private static string PublicKey(IServiceProvider services) =>
        services.GetRequiredService<Lazy<ECDsa>>().Value.ExportSubjectPublicKeyInfoPem();

    private static async Task<bool> Give(string? text, string? path)
    {
        if (text is null)
        {
            await Console.Error.WriteLineAsync("No head was signed yet: the service signs while it runs.");
            return false;
        }

        if (path is not null)
        {
            await File.WriteAllTextAsync(path, $"{text}\n");
        }

        await Console.Out.WriteLineAsync(path is null ? text : $"Written to {path}.");
        return true;
    }

    private static async Task<bool> Verify(IServiceProvider services, AuditInput input)
    {
        var kept = input.HeadFlag is { } file ? await File.ReadAllLinesAsync(file) : [];
        SignedHead[] yours = [.. kept.Where(line => line.Length > 0).Select(SignedHead.Parse)];
        if (Array.Find(yours, head => !head.IsSigned()) is { } unsigned)
        {
            return Say(false, $"Your head of position {unsigned.Position} was changed: its signature is not "
                + "of its text.");
        }

        var keys = input.PublicKeyFlag is { } pem ? PublicKeys.In(await File.ReadAllTextAsync(pem))
            : yours.Length > 0 ? yours.Select(head => head.PublicKey).ToHashSet()
            : await OwnKeys(services);
        return input.ExportFlag is { } export
            ? VerifyExport(export, keys, yours)
            : await VerifyStore(services, keys, yours);
    }

    /// <summary>The service's key, and those that it had before.</summary>
    private static async Task<HashSet<string>> OwnKeys(IServiceProvider services)
    {
        var keys = PublicKeys.In(PublicKey(services));
        if (services.GetRequiredService<Settings>().FormerKeysFile is { } former)
        {
            keys.UnionWith(PublicKeys.In(await File.ReadAllTextAsync(former)));
        }

        return keys;
    }

    private static bool VerifyExport(string export, HashSet<string> keys, SignedHead[] yours)
    {
        var check = new ExportCheck(keys, yours);
        using var text = File.OpenText(export);
        if (check.Wrong(text) is { } wrong)
        {
            return Say(false, wrong);
        }

        return Say(true, $"All {check.Count} events are as the head of position {check.Head!.Position} says.")
            && (yours.Length == 0 || Say(true, check.Fitting > 0
                ? "The heads that you kept fit, as far as they are of this range."
                : "No head that you kept is of this range: only whose signature it is was compared."));
    }

    private static async Task<bool> VerifyStore(
        IServiceProvider services, HashSet<string> keys, SignedHead[] yours)
    {
        var verdict = await services.GetRequiredService<AuditVerification>()
            .Run(keys, yours, VerificationProgress.Show, CancellationToken.None);
        if (verdict.Finding is { } finding)
        {
            return Say(false, finding.What
                + (finding.After > 0 ? $" Up to position {finding.After} all is as it was signed." : ""));
        }

        return Say(true, verdict.Newest is { } newest
            ? $"All {verdict.Vouched} events up to position {newest.Position} are as they were signed, "
                + $"the newest head at {newest.SignedAt}."
            : "No head was signed yet.")
            && Say(true, $"After it, {verdict.Unsigned} fit their hashes and are not signed yet, and "
                + $"{verdict.NotYetNotarized} are not hashed yet.");
    }

    private static bool Say(bool isWell, string sentence)
    {
        (isWell ? Console.Out : Console.Error).WriteLine(sentence);
        return isWell;
    }
}
