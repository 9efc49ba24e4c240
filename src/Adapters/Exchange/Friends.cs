using System.Runtime.CompilerServices;

// The operations are the adapter's own business; the contract tests hold each of them to the protocol, the
// benchmarks measure them, the simulation asks an Exchange in memory with them.
[assembly: InternalsVisibleTo("HybridCalendar.Contract")]
[assembly: InternalsVisibleTo("HybridCalendar.Benchmarks")]
[assembly: InternalsVisibleTo("HybridCalendar.Simulation")]
