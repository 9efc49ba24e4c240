using System.Threading.Channels;

namespace HybridCalendar.ExchangeLab.Streaming;

/// <summary>One open GetStreamingEvents reply and what waits to be written to it.</summary>
/// <param name="backEnd">The back end that serves it.</param>
/// <param name="account">Who opened it: only their subscriptions can be told here.</param>
/// <param name="budget">Whose limit it counts against: the impersonated mailbox, or the account.</param>
/// <param name="backlogMax">How many notifications may wait for a client that does not read.</param>
/// <param name="abort">Breaks the reply.</param>
internal sealed class StreamConnection(
    int backEnd, string account, string budget, int backlogMax, Action abort)
{
    private readonly Channel<StreamSignal> _signals =
        Channel.CreateBounded<StreamSignal>(new BoundedChannelOptions(backlogMax) { SingleReader = true });

    private volatile StreamEnding _ending;

    public int BackEnd { get; } = backEnd;

    public string Account { get; } = account;

    public string Budget { get; } = budget;

    public ChannelReader<StreamSignal> Signals => _signals.Reader;

    /// <summary>How it was asked to end.</summary>
    public StreamEnding Ending => _ending;

    /// <summary>
    /// Lets a signal wait to be written; false when too much waits already, which ends the connection.
    /// </summary>
    public bool Send(StreamSignal signal) =>
        _signals.Writer.TryWrite(signal) || !_signals.Writer.TryComplete();

    /// <summary>Ends the connection after what waits has been written.</summary>
    public void End(StreamEnding ending)
    {
        _ending = ending;
        _signals.Writer.TryComplete();
    }

    /// <summary>Breaks the connection without a last word.</summary>
    public void Cut() => abort();
}
