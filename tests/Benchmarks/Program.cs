using System.Runtime.InteropServices;
using HybridCalendar.Benchmarks;
using HybridCalendar.Benchmarks.Auditing;
using HybridCalendar.Benchmarks.Expansion;
using HybridCalendar.Benchmarks.Joining;
using HybridCalendar.Benchmarks.Lab;
using HybridCalendar.Benchmarks.Lifecycle;
using HybridCalendar.Benchmarks.Listing;
using HybridCalendar.Benchmarks.Polling;
using HybridCalendar.Benchmarks.Reading;
using HybridCalendar.Benchmarks.Rebuild;

// Each measurement is one class in one file, and one line here.
IMeasurement[] measurements =
[
    new LifecycleMeasurement(),
    new LabMeasurement(),
    new ReadingMeasurement(),
    new JoiningMeasurement(),
    new RebuildMeasurement(),
    new AuditMeasurement(),
    new ListMeasurement(),
    new PollMeasurement(),
    new ExpansionMeasurement(),
];

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
    await measurement.Run(arguments, stop.Token);
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

// What was started is ended, and what was made is dropped, on the way out.
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}
