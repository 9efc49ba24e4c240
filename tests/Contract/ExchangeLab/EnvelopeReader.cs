using System.Text;
using System.Xml.Linq;

namespace HybridCalendar.Contract.ExchangeLab;

/// <summary>Reads a stream envelope by envelope, as clients do that look for the literal end tag.</summary>
internal sealed class EnvelopeReader(HttpResponseMessage reply, Stream stream) : IDisposable
{
    private const string Start = "<Envelope xmlns=\"http://schemas.xmlsoap.org/soap/envelope/\"";
    private const string End = "</Envelope>";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly byte[] _buffer = new byte[4096];
    private readonly StringBuilder _text = new();

    /// <summary>The next envelope; null when the stream has ended.</summary>
    public async Task<XElement?> Next()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(LabServer.Stop);
        patience.CancelAfter(Patience);
        while (true)
        {
            var text = _text.ToString();
            var end = text.IndexOf(End, StringComparison.Ordinal);
            if (end >= 0)
            {
                text.ShouldStartWith(Start);
                _text.Remove(0, end + End.Length);
                var envelope = XElement.Parse(text[..(end + End.Length)]);
                Schemas.Objections(envelope).ShouldBeEmpty();
                return envelope;
            }

            var count = await stream.ReadAsync(_buffer, patience.Token);
            if (count == 0)
            {
                return null;
            }

            _text.Append(Encoding.UTF8.GetString(_buffer, 0, count));
        }
    }

    public void Dispose() => reply.Dispose();
}
