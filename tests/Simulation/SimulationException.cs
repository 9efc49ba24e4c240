namespace HybridCalendar.Simulation;

/// <summary>A seed showed that a property does not hold.</summary>
internal sealed class SimulationException(string message, Exception? inner = null)
    : Exception(message, inner);
