using System.Text;
using CsCheck;
using HybridCalendar.Adapters.Exchange.Soap;

namespace HybridCalendar.Contract.Exchange;

/// <summary>The reader takes what real servers and Microsoft's documentation say, whole or damaged.</summary>
public sealed class SampleTests
{
    [Fact]
    public void every_recorded_reply_is_read()
    {
        var samples = Samples.All();
        samples.Count.ShouldBeGreaterThan(50);
        foreach (var (name, reader, bytes) in samples)
        {
            var code = reader(new MemoryStream(bytes)).Code;
            var text = Encoding.UTF8.GetString(bytes);
            if (text.Contains("ResponseClass=\"Error\"", StringComparison.Ordinal)
                || name.Contains("/Fault.", StringComparison.Ordinal))
            {
                code.ShouldNotBeOneOf(Verdict.MalformedCode, Verdict.NoError, "unreadable-code");
            }
            else
            {
                code.ShouldBe(Verdict.NoError, name);
            }
        }
    }

    // How: take a reply, then drop, double, overwrite or insert bytes, or cut it off; read it with any
    // reader.
    [Fact]
    public void a_damaged_reply_never_breaks_the_reader()
    {
        var samples = Samples.All();
        string[] insertions =
            ["<", ">", "&", "&#0;", "&#xD800;", "]]>", "<!DOCTYPE a>", "<t:Start>", "\0", "\uFFFF",
                "xmlns=\"\"", "Error"];
        var damage =
            Gen.Select(
                Gen.Int[0, 4], Gen.Double[0, 1], Gen.Int[1, 60], Gen.Int[0, insertions.Length - 1], Gen.Byte);
        Gen.Select(
            Gen.Int[0, samples.Count - 1],
            damage.Array[1, 6],
            Gen.Int[0, Samples.Readers.Count - 1],
            Gen.Bool)
            .Sample(
                (sample, damages, other, own) =>
                {
                    var bytes = damages.Aggregate(samples[sample].Bytes, (all, d) =>
                        Damage(all, d.Item1, d.Item2, d.Item3, Encoding.UTF8.GetBytes(insertions[d.Item4]),
                            d.Item5));
                    var reader = own ? samples[sample].Read : Samples.Readers.Values.ElementAt(other);
                    return reader(new MemoryStream(bytes)).Code.Length > 0;
                },
                iter: 5000);
    }

    private static byte[] Damage(byte[] all, int how, double where, int length, byte[] insertion, byte value)
    {
        var at = (int)(where * Math.Max(0, all.Length - 1));
        var end = Math.Min(all.Length, at + length);
        return how switch
        {
            0 => [.. all[..at], .. all[end..]],
            1 => [.. all[..end], .. all[at..]],
            2 => all.Length == 0 ? all : [.. all[..at], value, .. all[(at + 1)..]],
            3 => [.. all[..at], .. insertion, .. all[at..]],
            _ => all[..end],
        };
    }
}
