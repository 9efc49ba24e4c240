using System.Text;
using CsCheck;
using HybridCalendar.Adapters.Exchange.Operations;
using HybridCalendar.Adapters.Exchange.Reading;
using HybridCalendar.Adapters.Exchange.Soap;
using HybridCalendar.Adapters.Keys;
using HybridCalendar.Domain.Joining;
using HybridCalendar.Domain.Joining.Providers;
using HybridCalendar.Domain.Time;

namespace HybridCalendar.Contract.Exchange;

/// <summary>The reader takes what real servers and Microsoft's documentation say, whole or damaged.</summary>
public sealed class SampleTests
{
    /// <summary>
    /// How each operation's reply is read: the code that came of it, NoError for an answer.
    /// </summary>
    private static readonly Dictionary<string, Func<Stream, string>> Readers = new()
    {
        ["ConvertIdResponse"] = reply => Code(ConvertId.Read(reply)),
        ["FindItemResponse"] = reply => Code(FindItem.Read(reply)),
        ["GetFolderResponse"] = reply => Code(GetFolder.Read(reply)),
        ["GetItemResponse"] = reply => Understood(GetItem.Read(reply)),
        ["GetStreamingEventsResponse"] = reply => GetStreamingEvents.Read(reply).Verdict.Code,
        ["GetUserOofSettingsResponse"] = reply => Code(GetUserOofSettings.Read(reply)),
        ["SubscribeResponse"] = reply => Code(Subscribe.Read(reply)),
        ["SyncFolderItemsResponse"] = reply => Code(SyncFolderItems.Read(reply)),
        ["UnsubscribeResponse"] = reply => Code(Unsubscribe.Read(reply)),
    };

    [Fact]
    public void every_recorded_reply_is_read()
    {
        var samples = Samples();
        samples.Count.ShouldBeGreaterThan(50);
        foreach (var (name, reader, bytes) in samples)
        {
            var code = reader(new MemoryStream(bytes));
            var text = Encoding.UTF8.GetString(bytes);
            if (text.Contains("ResponseClass=\"Error\"", StringComparison.Ordinal)
                || name.StartsWith("Fault", StringComparison.Ordinal))
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
        var samples = Samples().ToArray();
        string[] insertions =
            ["<", ">", "&", "&#0;", "&#xD800;", "]]>", "<!DOCTYPE a>", "<t:Start>", "\0", "\uFFFF",
                "xmlns=\"\"", "Error"];
        var damage =
            Gen.Select(
                Gen.Int[0, 4], Gen.Double[0, 1], Gen.Int[1, 60], Gen.Int[0, insertions.Length - 1], Gen.Byte);
        Gen.Select(
            Gen.Int[0, samples.Length - 1], damage.Array[1, 6], Gen.Int[0, Readers.Count - 1], Gen.Bool)
            .Sample(
                (sample, damages, other, own) =>
                {
                    var bytes = damages.Aggregate(samples[sample].Bytes, (all, d) =>
                        Damage(all, d.Item1, d.Item2, d.Item3, Encoding.UTF8.GetBytes(insertions[d.Item4]),
                            d.Item5));
                    var reader = own ? samples[sample].Reader : Readers.Values.ElementAt(other);
                    return reader(new MemoryStream(bytes)).Length > 0;
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

    private static List<(string Name, Func<Stream, string> Reader, byte[] Bytes)> Samples()
    {
        var samples = new List<(string, Func<Stream, string>, byte[])>();
        var folder = Shared.Folder("ews-samples");
        foreach (var line in File.ReadLines(Path.Combine(folder, "PROVENANCE.tsv")).Skip(1))
        {
            var columns = line.Split('\t');
            var name = columns[1];
            if (Readers.TryGetValue(name == "Fault" ? "GetUserOofSettingsResponse" : name, out var reader))
            {
                samples.Add((name, reader, File.ReadAllBytes(Path.Combine(folder, columns[0]))));
            }
        }

        return samples;
    }

    // Items are also made meetings of, so that what was damaged inside of them is met as well.
    private static string Understood(Parsed<IReadOnlyList<ResponseMessage<RawItem?>>> parsed)
    {
        if (parsed is Parsed<IReadOnlyList<ResponseMessage<RawItem?>>>.Answer items)
        {
            using var seal = new MailboxSeal(Guid.Empty, new byte[MailboxSeal.DataKeyBytes]);
            var reading = new MeetingReading(
                seal,
                new JoinTargetFinder(ProviderTable.Default).Find,
                id => CalendarZones.Find(id) is not null);
            foreach (var item in items.Value.Select(message => message.Payload).OfType<RawItem>())
            {
                reading.Read("id", item, []).ShouldNotBeNull();
                reading.ReadOccurrence(item.Start ?? "", item).ShouldNotBeNull();
            }
        }

        return Code(parsed);
    }

    private static string Code<T>(Parsed<T> parsed) => parsed switch
    {
        Parsed<T>.Failed failed => failed.Verdict.Code,
        Parsed<IReadOnlyList<ResponseMessage<RawItem?>>>.Answer items =>
            items.Value.FirstOrDefault(message => !message.IsSuccess)?.Verdict.Code ?? Verdict.NoError,
        _ => Verdict.NoError,
    };
}
