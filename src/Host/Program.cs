using HybridCalendar.Host;
using HybridCalendar.Host.Commands.Projections;
using JasperFx;
using Marten;
using Spectre.Console;

try
{
    var service = Composition.Build(args);
    if (args is [ProjectionsCommand.Name, .. var words])
    {
        await Schema.Check(service.Services, CancellationToken.None);
        var store = service.Services.GetRequiredService<IDocumentStore>();
        return await new ProjectionsCommand(store, service.Services.GetRequiredService<Settings>())
            .Run(words, CancellationToken.None);
    }

    if (args is [var command, ..] && !command.StartsWith("--", StringComparison.Ordinal))
    {
        if (command is "history" or "replay" or "export" or "audit")
        {
            // What these print may be piped; what is said of the search for commands is no part of it.
            AnsiConsole.Console = AnsiConsole.Create(
                new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        }

        return await service.RunJasperFxCommands(args);
    }

    await Schema.Check(service.Services, CancellationToken.None);
    await service.RunAsync();
    return Environment.ExitCode;
}
catch (Exception failure) when (StartFailure.Sentence(failure) is { } sentence)
{
    await Console.Error.WriteLineAsync(sentence);
    return 1;
}
