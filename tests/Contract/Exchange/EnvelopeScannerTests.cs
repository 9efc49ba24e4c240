using System.Text;
using CsCheck;
using HybridCalendar.Adapters.Exchange;

namespace HybridCalendar.Contract.Exchange;

/// <summary>Envelopes are cut out of a stream in the same way, wherever its chunks end.</summary>
public sealed class EnvelopeScannerTests
{
    private static readonly string[] Envelopes =
    [
        "<Envelope xmlns=\"http://schemas.xmlsoap.org/soap/envelope/\"><Body/></Envelope>",
        "<s:Envelope xmlns:s='u'><s:Body>\u00E9</s:Body></s:Envelope >",
        "<soap:Envelope\r\n a=\"b\"><Enveloped/><x:NoEnvelope></x:NoEnvelope></soap:Envelope\n>",
        "<Envelope></Envelope>",
    ];

    private static readonly string[] Between =
    [
        "", "\r\n", "<?xml version=\"1.0\" encoding=\"utf-8\"?>", "\uFEFF", "<!-- <Envelop> -->", "< / <",
    ];

    // How: any envelopes with anything between them, cut at any places, against the envelopes themselves.
    [Fact]
    public void any_split_of_a_stream_gives_the_same_envelopes() =>
        Gen.Select(
            Gen.Select(Gen.Int[0, Envelopes.Length - 1], Gen.Int[0, Between.Length - 1]).Array[0, 8],
            Gen.Int[1, 40].Array[1, 60])
        .Sample((parts, sizes) =>
        {
            var text = string.Concat(parts.Select(part => Between[part.Item2] + Envelopes[part.Item1]));
            var found = Scan(Encoding.UTF8.GetBytes(text), sizes);
            return found.SequenceEqual(parts.Select(part => Envelopes[part.Item1]));
        });

    [Fact]
    public void an_envelope_without_an_end_is_handed_over_when_the_next_one_begins() =>
        Scan("<Envelope><Body><Envelope></Envelope>"u8.ToArray(), [7])
            .ShouldBe(["<Envelope><Body>", "<Envelope></Envelope>"]);

    [Fact]
    public void an_envelope_that_is_too_long_is_refused()
    {
        var scanner = new EnvelopeScanner();
        scanner.Push("<Envelope>"u8).ShouldBeEmpty();
        var chunk = Encoding.ASCII.GetBytes(new string('a', Bounds.ChunkBytes));
        IReadOnlyList<byte[]>? found = [];
        for (var length = 0; length <= Bounds.EnvelopeBytes; length += chunk.Length)
        {
            found = scanner.Push(chunk);
        }

        found.ShouldBeNull();
    }

    private static List<string> Scan(byte[] bytes, int[] sizes)
    {
        var scanner = new EnvelopeScanner();
        var found = new List<string>();
        var at = 0;
        for (var turn = 0; at < bytes.Length; turn++)
        {
            var end = Math.Min(bytes.Length, at + sizes[turn % sizes.Length]);
            found.AddRange(scanner.Push(bytes.AsSpan(at..end))!.Select(Encoding.UTF8.GetString));
            at = end;
        }

        return found;
    }
}
