using System.Text;
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
}
