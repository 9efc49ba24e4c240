using HybridCalendar.ExchangeLab;
using HybridCalendar.ExchangeLab.Model;

try
{
    await using var app = Lab.Create(args);
    await app.StartAsync();
    Console.WriteLine($"The lab is ready at {string.Join(", ", app.Urls)}.");
    await app.WaitForShutdownAsync();
    return 0;
}
catch (LabRefusal refusal)
{
    Console.Error.WriteLine(refusal.Message);
    return 1;
}
