using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Adapters.Exchange.Autodiscover;
using JasperFx.CommandLine;

namespace HybridCalendar.Host.Commands;

/// <summary>What <see cref="LocateCommand"/> is asked.</summary>
public sealed class LocateInput : NetCoreInput
{
    [Description("The mailbox's address")]
    public string Address { get; set; } = "";
}

/// <summary>Command line: locate ADDRESS, what Autodiscover tried, step by step, and found.</summary>
[Description("Searches a mailbox by Autodiscover and tells each step", Name = "locate")]
public sealed class LocateCommand : JasperFxAsyncCommand<LocateInput>
{
    public LocateCommand() => Usage("Search one mailbox").Arguments(input => input.Address);

    public override async Task<bool> Execute(LocateInput input)
    {
        using var host = input.BuildHost();
        var calendars = host.Services.GetRequiredService<EwsCalendars>();
        var found = await calendars.Search(
            input.Address,
            step => Console.Out.WriteLine($"{step.Place}: {step.Outcome}"),
            CancellationToken.None);
        switch (found)
        {
            case Discovery.Located located:
                await Console.Out.WriteLineAsync(
                    $"""
                    The mailbox is at {located.Location.Url}
                      group    {Or(located.Location.Grouping)}
                      server   {Or(located.ServerVersion)}
                      schemas  {Or(located.Schemas)}
                    """);
                return true;
            case Discovery.Refused refused:
                var where = refused.Host is null ? "" : $" ({refused.Host})";
                await Console.Error.WriteLineAsync($"The mailbox was not found: {refused.Code}{where}.");
                return false;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static string Or(string? text) => string.IsNullOrEmpty(text) ? "not said" : text;
}
