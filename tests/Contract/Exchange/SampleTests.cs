using System.Text;
using HybridCalendar.Adapters.Exchange.Soap;
using HybridCalendar.Contract.Exchange.Mutation;

namespace HybridCalendar.Contract.Exchange;

/// <summary>The reader takes what real servers and Microsoft's documentation say.</summary>
public sealed class SampleTests
{
    [Fact]
    public void every_recorded_reply_is_read()
    {
        Shared.Folder("ews-samples");
        var samples = Specimens.Recorded().ToList();
        samples.Count.ShouldBeGreaterThan(50);
        foreach (var sample in samples)
        {
            var evidence = new Evidence();
            ReplyReaders.All[sample.Reader!](new MemoryStream(sample.Bytes), evidence);
            evidence.Complaint.ShouldBeNull(sample.Name);
            var text = Encoding.UTF8.GetString(sample.Bytes);
            if (text.Contains("ResponseClass=\"Error\"", StringComparison.Ordinal)
                || text.Contains(":Fault>", StringComparison.Ordinal))
            {
                evidence.Code.ShouldNotBeOneOf(Verdict.MalformedCode, Verdict.NoError, "unreadable-code");
            }
            else
            {
                evidence.Code.ShouldBe(Verdict.NoError, sample.Name);
            }
        }
    }
}
