using System.Text;
using HybridCalendar.Adapters.Exchange;

namespace HybridCalendar.Contract.Exchange.Mutation;

/// <summary>Reading costs in proportion to length, whatever it is that there is much of.</summary>
public sealed class GrowthTests
{
    private const int Short = 16 * 1024;
    private const int Times = 16;
    private const int TimesAllowed = 24;

    // How: repeat each kind of element of each reply up to a length, and up to sixteen times that, and
    // compare what the two allocate: the same work for each of them would be sixteen times as much.
    [Fact]
    public async Task repeating_an_element_costs_in_proportion()
    {
        var replies = (await Specimens.All()).Where(specimen => specimen.Reader is not null);
        foreach (var specimen in replies.DistinctBy(specimen => specimen.Bytes.Length))
        {
            var kinds = Markup.Elements(specimen.Bytes)
                .Where(one => one.To - one.From < Short / 2)
                .DistinctBy(one => Name(specimen.Bytes, one));
            foreach (var one in kinds)
            {
                var few = Allocated(specimen, one, Short);
                var many = Allocated(specimen, one, Short * Times);
                var where = $"{Name(specimen.Bytes, one)} in {specimen.Name}: {few}, then {many}";
                many.ShouldBeLessThan(few * TimesAllowed, where);
            }
        }
    }

    public static TheoryData<string, string> EndlessParts => new()
    {
        { "an end tag of blanks", "<Envelope></Envelope" },
        { "a name", "<Envelope><a" },
        { "a text", "<Envelope>" },
    };

    // How: a byte at a time, so that whatever is looked at from its beginning again would be so each time.
    [Theory]
    [MemberData(nameof(EndlessParts))]
    public void an_envelope_that_comes_byte_by_byte_is_scanned_once(string what, string begun)
    {
        var scanner = new EnvelopeScanner();
        scanner.Push(Encoding.ASCII.GetBytes(begun));
        for (var length = 0; length < Short; length++)
        {
            scanner.Push(what == "a name" ? "a"u8 : " "u8);
        }

        scanner.Looks.ShouldBeLessThan(StreamReading.LooksAllowed(Short + begun.Length, Short + 1));
    }

    private static string Name(byte[] all, Span one) =>
        Encoding.UTF8.GetString(all.AsSpan(one.From..one.Inner)).Split(' ', '>', '/')[0];

    private static long Allocated(Specimen specimen, Span one, int bytes)
    {
        var element = specimen.Bytes.AsSpan(one.From..one.To);
        using var repeated = new MemoryStream();
        repeated.Write(specimen.Bytes.AsSpan(0, one.From));
        for (var left = bytes; left > 0; left -= element.Length)
        {
            repeated.Write(element);
        }

        repeated.Write(specimen.Bytes.AsSpan(one.To));
        repeated.Position = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        ReplyReaders.All[specimen.Reader!](repeated, new Evidence());
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
