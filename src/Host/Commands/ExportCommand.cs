using HybridCalendar.Host.Audit;
using JasperFx.CommandLine;
using NodaTime;

namespace HybridCalendar.Host.Commands;

/// <summary>What <see cref="ExportCommand"/> is asked.</summary>
public sealed class ExportInput : NetCoreInput
{
    [FlagAlias("after", true)]
    [Description("Events after this position")]
    public long AfterFlag { get; set; }

    [FlagAlias("until", true)]
    [Description("Events up to this position; up to the newest that is signed, unless something is said")]
    public long UntilFlag { get; set; }

    [FlagAlias("from", true)]
    [Description("Events recorded at this instant or later, e.g. 2026-11-23T09:00:00Z")]
    public string? FromFlag { get; set; }

    [FlagAlias("to", true)]
    [Description("Events recorded before this instant")]
    public string? ToFlag { get; set; }

    [FlagAlias("out", true)]
    [Description("The file to write; the terminal, unless one is named")]
    public string? OutFlag { get; set; }
}

/// <summary>Command line: export, the events as they are stored, to be verified by themselves.</summary>
[Description("Writes a range of events as JSON Lines, texts sealed: the same range, the same bytes",
    Name = "export")]
public sealed class ExportCommand : JasperFxAsyncCommand<ExportInput>
{
    public override async Task<bool> Execute(ExportInput input)
    {
        using var host = input.BuildHost();
        var log = host.Services.GetRequiredService<AuditLog>();
        if (Instants.Parse(input.FromFlag, Instant.MinValue) is not { } from
            || Instants.Parse(input.ToFlag, Instant.MaxValue) is not { } to)
        {
            return false;
        }

        var after = input.FromFlag is null
            ? input.AfterFlag
            : Math.Max(input.AfterFlag, await log.PositionBefore(from, CancellationToken.None));
        long? until = input.UntilFlag > 0 ? input.UntilFlag : null;
        if (input.ToFlag is not null)
        {
            var last = await log.PositionBefore(to, CancellationToken.None);
            until = Math.Min(until ?? last, last);
        }

        try
        {
            await Write(host.Services.GetRequiredService<EventExport>(), after, until, input.OutFlag);
            return true;
        }
        catch (Exception refused) when (refused is ExportException or FormatException or IOException)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return false;
        }
    }

    // A file is there when it is whole.
    private static async Task Write(EventExport export, long after, long? until, string? path)
    {
        if (path is null)
        {
            await using var terminal = Console.OpenStandardOutput();
            await export.Write(terminal, after, until, CancellationToken.None);
            return;
        }

        var part = $"{path}.part";
        try
        {
            long count;
            await using (var file = File.Create(part))
            {
                count = await export.Write(file, after, until, CancellationToken.None);
            }

            File.Move(part, path, overwrite: true);
            await Console.Out.WriteLineAsync($"{count} events are in {path}.");
        }
        finally
        {
            File.Delete(part);
        }
    }
}
