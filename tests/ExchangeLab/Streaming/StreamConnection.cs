using System.Threading.Channels;

namespace HybridCalendar.ExchangeLab.Streaming;

/// <summary>One open GetStreamingEvents reply and what waits to be written to it.</summary>
/// <param name="backEnd">The back end that serves it.</param>
/// <param name="account">Whose limit it counts against: the impersonated mailbox, or "" for nobody.</param>
/// <param name="abort">Breaks the reply.</param>
internal sealed class StreamConnection(int backEnd, string account, Action abort)
{
    /// <summary>How much may wait; a client that does not read loses the connection then.</summary>
    private const int SignalsMax = 100_000;

    private readonly Channel<StreamSignal> _signals =
        Channel.CreateBounded<StreamSignal>(new BoundedChannelOptions(SignalsMax) { SingleReader = true });

    public int BackEnd { get; } = backEnd;

    public string Account { get; } = account;

    public ChannelReader<StreamSignal> Signals => _signals.Reader;

    public void Send(StreamSignal signal)
    {
        if (!_signals.Writer.TryWrite(signal))
        {
            Cut();
        }
    }

    /// <summary>Breaks the connection without a last word.</summary>
    public void Cut() => abort();
}
