using HybridCalendar.Host.Keys;
using HybridCalendar.Host.Read;
using HybridCalendar.Projections;
using JasperFx.CommandLine;

namespace HybridCalendar.Host.Commands;

/// <summary>What <see cref="ReplayCommand"/> is asked.</summary>
public sealed class ReplayInput : NetCoreInput
{
    [FlagAlias("at", true)]
    [Description("An instant, e.g. 2026-11-23T09:00:00Z, or a position")]
    public string? AtFlag { get; set; }

    [FlagAlias("and", true)]
    [Description("A later instant or position: tells what became of the documents until then")]
    public string? AndFlag { get; set; }

    [FlagAlias("model", true)]
    [Description("The read model: meeting_list unless said otherwise")]
    public string ModelFlag { get; set; } = "meeting_list";

    [FlagAlias("mailbox", true)]
    [Description("Only of this mailbox: its address or its id")]
    public string? MailboxFlag { get; set; }

    [FlagAlias("meeting", true)]
    [Description("Only of this meeting")]
    public Guid MeetingFlag { get; set; }

    [FlagAlias("sealed", true)]
    [Description("Documents as they were stored, with texts sealed")]
    public bool SealedFlag { get; set; }
}

/// <summary>Command line: replay --at INSTANT, a read model as it was.</summary>
[Description("Folds a read model again up to an instant or a position, and prints it", Name = "replay")]
public sealed class ReplayCommand : JasperFxAsyncCommand<ReplayInput>
{
    public override async Task<bool> Execute(ReplayInput input)
    {
        using var host = input.BuildHost();
        var replay = host.Services.GetRequiredService<Replay>();
        if (Catalog.ReadModels.FirstOrDefault(each => each.Name == input.ModelFlag) is not { } model)
        {
            return Refuse($"There is no read model {input.ModelFlag}: there are "
                + $"{string.Join(", ", Catalog.ProjectionNames)}.");
        }

        var at = await replay.PositionOf(input.AtFlag ?? "", CancellationToken.None);
        var and = input.AndFlag is null ? at : await replay.PositionOf(input.AndFlag, CancellationToken.None);
        if (at is not { } first || and is not { } second || second < first)
        {
            return Refuse("--at (and --and, later) name an instant in UTC, as 2026-11-23T09:00:00Z, or a "
                + "position.");
        }

        var mailbox = input.MailboxFlag is { } name
            ? await MailboxNames.IdOf(name, host.Services.GetRequiredService<Keyring>())
            : (Guid?)null;
        var scope = new ReplayScope(mailbox, input.MeetingFlag == Guid.Empty ? null : input.MeetingFlag);
        var question = new ReplayQuestion(model, scope, first, input.AndFlag is null ? null : second);
        await Console.Error.WriteLineAsync($"{model.Name} as of position {first}"
            + (question.Until is null ? "" : $", and what became of it until {second}"));
        await foreach (var line in Lines(replay, question, input.SealedFlag))
        {
            await Console.Out.WriteLineAsync(line);
        }

        return true;
    }

    private static IAsyncEnumerable<string> Lines(Replay replay, ReplayQuestion question, bool isSealed) =>
        question.Until is not null
            ? replay.Differences(question, CancellationToken.None).Select(difference => difference.ToString())
        : isSealed
            ? replay.At(question.Model, question.Scope, question.At, question.At, CancellationToken.None)
                .Select(replayed => JsonLines.Line(replayed.First))
        : replay.Documents(question, CancellationToken.None).Select(one => JsonLines.Line(one.Document));

    private static bool Refuse(string sentence)
    {
        Console.Error.WriteLine(sentence);
        return false;
    }
}
