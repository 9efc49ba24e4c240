using HybridCalendar.Host;
using JasperFx;

try
{
    var service = Composition.Build(args);
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
