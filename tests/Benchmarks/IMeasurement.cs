namespace HybridCalendar.Benchmarks;

/// <summary>A question that a number answers.</summary>
internal interface IMeasurement
{
    /// <summary>What it is chosen by on the command line.</summary>
    string Name { get; }

    /// <summary>What it answers, in one line.</summary>
    string Question { get; }

    /// <summary>Measures, and prints on what machine and what came out.</summary>
    Task Run(Arguments arguments, CancellationToken cancellation);
}
