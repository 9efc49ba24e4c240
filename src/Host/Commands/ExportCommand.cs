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
            : await log.PositionBefore(from, CancellationToken.None);
        long? until = input.ToFlag is not null ? await log.PositionBefore(to, CancellationToken.None)
            : input.UntilFlag > 0 ? input.UntilFlag
            : null;
        try
        {
            await using var output = input.OutFlag is { } path
                ? File.Create(path)
                : Console.OpenStandardOutput();
            var count = await host.Services.GetRequiredService<EventExport>()
                .Write(output, after, until, CancellationToken.None);
            if (input.OutFlag is not null)
            {
                await Console.Out.WriteLineAsync($"{count} events are in {input.OutFlag}.");
            }

            return true;
        }
        catch (ExportException refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return false;
        }
    }
}
