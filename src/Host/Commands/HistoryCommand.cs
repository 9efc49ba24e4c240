using HybridCalendar.Host.Keys;
using HybridCalendar.Host.Read;
using JasperFx.CommandLine;
using Marten;
using NodaTime;
using NodaTime.Text;

namespace HybridCalendar.Host.Commands;

/// <summary>What <see cref="HistoryCommand"/> is asked.</summary>
public sealed class HistoryInput : NetCoreInput
{
    [Description("A meeting's id, as GET /v1/mailboxes/{mailbox}/meetings gives it")]
    public Guid Meeting { get; set; }

    [FlagAlias("mailbox", true)]
    [Description("A mailbox: its address or its id")]
    public string? MailboxFlag { get; set; }

    [FlagAlias("person", true)]
    [Description("A person's address: meetings in which the person took part, in anybody's calendar")]
    public string? PersonFlag { get; set; }

    [FlagAlias("from", true)]
    [Description("Seen at this instant or later, e.g. 2026-11-23T09:00:00Z")]
    public string? FromFlag { get; set; }

    [FlagAlias("to", true)]
    [Description("Seen before this instant")]
    public string? ToFlag { get; set; }

    [FlagAlias("after", true)]
    [Description("After this position")]
    public long AfterFlag { get; set; }

    [FlagAlias("until", true)]
    [Description("Up to this position")]
    public long UntilFlag { get; set; } = long.MaxValue;

    [FlagAlias("format", true)]
    [Description("text, or jsonl: a JSON object for each event, as the API gives it")]
    public string FormatFlag { get; set; } = "text";
}

/// <summary>Command line: history, who saw what when, oldest first.</summary>
[Description("Tells what happened, when, and how the service came to know", Name = "history")]
public sealed class HistoryCommand : JasperFxAsyncCommand<HistoryInput>
{
    public HistoryCommand()
    {
        Usage("The events of one meeting").Arguments(input => input.Meeting);
        Usage("The events of a mailbox, a person, a period").Arguments();
    }

    public override async Task<bool> Execute(HistoryInput input)
    {
        using var host = input.BuildHost();
        var keyring = host.Services.GetRequiredService<Keyring>();
        if (Instants.Parse(input.FromFlag, Instant.MinValue) is not { } from
            || Instants.Parse(input.ToFlag, Instant.MaxValue) is not { } to)
        {
            return false;
        }

        var question = new HistoryQuestion(
            input.Meeting == Guid.Empty ? null : input.Meeting,
            input.MailboxFlag is { } mailbox ? await MailboxNames.IdOf(mailbox, keyring) : null,
            input.PersonFlag,
            from,
            to,
            input.AfterFlag,
            input.UntilFlag);
        var names = new MailboxNames(host.Services.GetRequiredService<IDocumentStore>(), keyring);
        var count = 0L;
        await foreach (var told in host.Services.GetRequiredService<History>()
            .Tell(question, CancellationToken.None))
        {
            count++;
            await Console.Out.WriteLineAsync(
                input.FormatFlag is "jsonl"
                    ? JsonLines.Line(told)
                    : Text(told, await names.Of(told.Mailbox)));
        }

        if (count == 0)
        {
            await Console.Error.WriteLineAsync(input.Meeting == Guid.Empty
                ? "There are no such events."
                : $"There is no meeting {input.Meeting}, or no such event of it.");
        }

        return count > 0 || input.Meeting == Guid.Empty;
    }

    private static string Text(RecordedEvent told, string mailbox) =>
        $"""
        {InstantPattern.General.Format(told.SeenAt)} {Of(told.Why),-9} {mailbox}: {told.Text}
          position {told.Position}, recorded {InstantPattern.ExtendedIso.Format(told.RecordedAt)}
        """
        + (told.ChangedAt is { } changed ? $", changed {InstantPattern.General.Format(changed)}" : "")
        + (told.ChangeKey is { } key ? $", change key {key}" : "")
        + (told.Meeting is { } meeting ? $", meeting {meeting}" : "")
        + (told.Correlation is { } correlation ? $", correlation {correlation}" : "");

    private static string Of(Domain.Meetings.LookTrigger? why) =>
        why is { } trigger ? System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName($"{trigger}") : "-";
}
