using HybridCalendar.Adapters.Exchange.Soap;
using HybridCalendar.Adapters.Exchange.Versions;
using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Contract.ExchangeLab;

namespace HybridCalendar.Contract.Exchange.Mutation;

/// <summary>Reads a stream of envelopes to its end, as the client does.</summary>
internal static class StreamReading
{
    // A byte may be looked at once as text, once more as a name, and again when its tag was cut in two.
    private const int LooksPerByte = 4;
    private const int LooksPerPiece = 600;

    private static readonly TimeProvider Standing = new SteppedTime();

    private static readonly ExchangeSettings Settings = new()
    {
        Url = new Uri("http://127.0.0.1:9/EWS/Exchange.asmx"), Account = "an", Password = "none",
    };

    internal static void Read(byte[] bytes, int piece, Evidence evidence)
    {
        using var response = new HttpResponseMessage();
        response.Content = new StreamContent(new Trickle(bytes, piece));
        using var stream = new EnvelopeStream(
            response, TimeSpan.FromMinutes(1), Settings, Standing, new Server(Settings));
        var ended = false;
        for (var steps = 0; !ended; steps++)
        {
            // The bytes are there, so that nothing is waited for.
            var next = stream.Next(CancellationToken.None);
            if (!next.IsCompleted || steps > bytes.Length)
            {
                evidence.Complain("a stream that goes on after its end");
                return;
            }

            switch (next.GetAwaiter().GetResult())
            {
                // Anything but good news ends the stream for who watches it.
                case StreamStep.Notice { Content: var notice }:
                    ReplyReaders.Notice(notice, evidence);
                    ended = notice.Verdict.Code != Verdict.NoError;
                    break;
                case StreamStep.Ended end:
                    evidence.Named(end.Reason);
                    ended = true;
                    break;
            }
        }

        Scan(bytes, piece, evidence);
    }

    /// <summary>How often bytes may be looked at that come in so many pieces.</summary>
    internal static long LooksAllowed(long bytes, int pieces) =>
        (LooksPerByte * bytes) + ((long)LooksPerPiece * pieces);

    private static void Scan(byte[] bytes, int piece, Evidence evidence)
    {
        var scanner = new EnvelopeScanner();
        var pieces = bytes.Chunk(piece).ToList();
        var found = pieces.Sum(one => scanner.Push(one)?.Sum(envelope => envelope.Length) ?? 0);
        if (found > bytes.Length)
        {
            evidence.Complain("envelopes of more bytes than there were");
        }

        if (scanner.Looks > LooksAllowed(bytes.Length, pieces.Count))
        {
            evidence.Complain($"{scanner.Looks} looks at {bytes.Length} bytes in {pieces.Count} pieces");
        }
    }
}
