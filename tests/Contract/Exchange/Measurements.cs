using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using HybridCalendar.Adapters.Exchange;

namespace HybridCalendar.Contract.Exchange;

/// <summary>One value that was measured, by the process as a whole: tests run side by side.</summary>
internal sealed record Measured(string Instrument, double Value, IReadOnlyDictionary<string, string?> Tags);

/// <summary>Listens to everything that the adapter measures, until it is disposed of.</summary>
internal sealed class Measurements : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly ConcurrentQueue<Measured> values = new();

    internal Measurements()
    {
        // Otherwise the instruments are there only once something was measured.
        RuntimeHelpers.RunClassConstructor(typeof(Telemetry).TypeHandle);
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == Telemetry.SourceName)
            {
                Instruments.Enqueue(instrument);
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
            Add(instrument, value, tags));
        listener.Start();
    }

    internal ConcurrentQueue<Instrument> Instruments { get; } = new();

    internal IEnumerable<Measured> All
    {
        get
        {
            listener.RecordObservableInstruments();
            return values;
        }
    }

    internal IEnumerable<Measured> Of(string instrument) =>
        All.Where(measured => measured.Instrument == instrument);

    public void Dispose() => listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        values.Enqueue(new Measured(
            instrument.Name,
            value,
            tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value?.ToString())));
}
