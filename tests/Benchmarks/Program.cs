using System.Runtime.InteropServices;
using HybridCalendar.Benchmarks;
using HybridCalendar.Benchmarks.Joining;
using HybridCalendar.Benchmarks.Lifecycle;

// Each measurement is one class in one file, and one line here.
IMeasurement[] measurements = [new LifecycleMeasurement(), new JoiningMeasurement()];

if (Arguments.Read(args) is not { } arguments
    || measurements.FirstOrDefault(one => one.Name == arguments.Measurement) is not { } measurement)
{
    Console.Error.WriteLine(Arguments.Usage);
    foreach (var one in measurements)
    {
        Console.Error.WriteLine($"  {one.Name}  {one.Question}");
    }

    return args.Length == 0 || args is ["--help" or "-h"] ? 0 : 2;
}

using var stop = new CancellationTokenSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

try
{
    await using var server = await Server.Start(stop.Token);
    await using var database = await OwnDatabase.Create(server.Connection, stop.Token);
    Console.WriteLine(await Machine.Describe(database, stop.Token));
    await measurement.Run(database, arguments, stop.Token);
    return 0;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    Console.Error.WriteLine("Stopped.");
    return 130;
}
catch (ServerException failure)
{
    Console.Error.WriteLine(failure.Message);
    return 1;
}

// The database is dropped on the way out.
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
