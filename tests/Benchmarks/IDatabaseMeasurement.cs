namespace HybridCalendar.Benchmarks;

/// <summary>A question that a number answers, with a PostgreSQL at hand.</summary>
internal interface IDatabaseMeasurement
{
    /// <inheritdoc cref="IMeasurement.Name"/>
    string Name { get; }

    /// <inheritdoc cref="IMeasurement.Question"/>
    string Question { get; }

    /// <summary>Measures in a database that is its own, and prints what came out.</summary>
    Task Run(OwnDatabase database, Arguments arguments, CancellationToken cancellation);
}
