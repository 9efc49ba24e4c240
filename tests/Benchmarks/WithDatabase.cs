namespace HybridCalendar.Benchmarks;

/// <summary>Gives a measurement its database.</summary>
internal sealed class WithDatabase(IDatabaseMeasurement measurement) : IMeasurement
{
    public string Name => measurement.Name;

    public string Question => measurement.Question;

    public async Task Run(Arguments arguments, CancellationToken cancellation)
    {
        await using var server = await Server.Start(cancellation);
        await using var database = await OwnDatabase.Create(server.Connection, cancellation);
        Console.WriteLine(await Machine.Describe(database, cancellation));
        await measurement.Run(database, arguments, cancellation);
    }
}
