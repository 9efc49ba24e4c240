using HybridCalendar.Host.Read;
using JasperFx.CommandLine;
using Marten;
using NodaTime.Text;

namespace HybridCalendar.Host.Commands;

/// <summary>What <see cref="HistoryCommand"/> is asked.</summary>
public sealed class HistoryInput : NetCoreInput
{
    [Description("The meeting's id, as GET /v1/mailboxes/{mailbox}/meetings gives it")]
    public Guid Meeting { get; set; }
}

/// <summary>Command line: history MEETING, the events of a meeting in words, oldest first.</summary>
[Description("Tells what happened to a meeting, when, and how the service came to know", Name = "history")]
public sealed class HistoryCommand : JasperFxAsyncCommand<HistoryInput>
{
    public HistoryCommand() => Usage("The events of one meeting").Arguments(input => input.Meeting);

    public override async Task<bool> Execute(HistoryInput input)
    {
        using var host = input.BuildHost();
        var history = host.Services.GetRequiredService<History>();
        await using var session = host.Services.GetRequiredService<IDocumentStore>().QuerySession();
        var events = await session.Events.FetchStreamAsync(input.Meeting);
        if (events.Count == 0)
        {
            await Console.Error.WriteLineAsync($"There is no meeting {input.Meeting}.");
            return false;
        }

        foreach (var e in events)
        {
            var told = await history.Tell(e, CancellationToken.None);
            await Console.Out.WriteLineAsync(
                $"{InstantPattern.General.Format(told.SeenAt)} {told.Why,-9} {told.Text}");
        }

        return true;
    }
}
