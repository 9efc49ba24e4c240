using HybridCalendar.Host;
using HybridCalendar.Host.Commands.Projections;
using JasperFx;
using Marten;

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
