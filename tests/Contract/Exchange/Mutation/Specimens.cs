using System.Net;
using System.Text;
using HybridCalendar.Contract.ExchangeLab;

namespace HybridCalendar.Contract.Exchange.Mutation;

/// <summary>A reply of which mutants are made.</summary>
/// <param name="Name">Where it comes from.</param>
/// <param name="Reader">How it is read: a key of <see cref="ReplyReaders"/>; null for a stream.</param>
internal sealed record Specimen(string Name, string? Reader, byte[] Bytes);

/// <summary>
/// Replies to every operation that the client reads: of the lab, of real servers and Microsoft's pages where
/// those are at hand, streams of envelopes, faults, and what is no SOAP. The same ones each time.
/// </summary>
internal static class Specimens
{
    private const string Separated = "\r\n<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n";

    internal static async Task<IReadOnlyList<Specimen>> All() =>
        [.. await OfTheLab(), .. Recorded(), .. Streams(), .. Failures()];

    /// <summary>Replies that real servers sent, or that Microsoft shows; none without a folder.</summary>
    internal static IEnumerable<Specimen> Recorded()
    {
        if (Shared.Find("ews-samples") is not { } folder)
        {
            yield break;
        }

        foreach (var line in File.ReadLines(Path.Combine(folder, "PROVENANCE.tsv")).Skip(1))
        {
            var columns = line.Split('\t');
            var reader = columns[1] == "Fault" ? ReplyReaders.Any : columns[1];
            if (ReplyReaders.All.ContainsKey(reader))
            {
                var bytes = File.ReadAllBytes(Path.Combine(folder, columns[0]));
                yield return new Specimen(columns[0], reader, bytes);
            }
        }
    }

    private static async Task<List<Specimen>> OfTheLab()
    {
        await using var lab = await LabServer.Start(new SteppedTime());
        var ids = (await lab.Ask(Wire.FindPage(0, 1000))).ItemIds().ToList();
        var items = string.Concat(ids.Take(3).Concat(ids.TakeLast(5)).Select(Wire.ItemId));
        var subscription = (await lab.Ask(Wire.Subscribe("CreatedEvent"))).Value("SubscriptionId")!;
        var mailbox = $"Mailbox=\"{LabServer.Anna}\"";
        return
        [
            await Ask("GetItem", Wire.GetItem(items)),
            await Ask("GetItem", Wire.GetItem(items, "Default")),
            await Ask("GetItem", Wire.GetItem(Wire.ItemId(ids[0]))),
            await Ask("GetItem", Wire.GetItem(Wire.ItemId("bm8="))),
            await Ask("FindItem", Wire.FindView("2026-03-16T00:00:00Z", "2026-03-19T00:00:00Z")),
            await Ask("FindItem", Wire.FindView("2026-03-19T00:00:00Z", "2026-03-16T00:00:00Z")),
            await Ask("SyncFolderItems", Wire.Sync("", 20)),
            await Ask("SyncFolderItems", Wire.Sync("no state")),
            await Ask("GetFolder", $"<m:GetFolder><m:FolderShape><t:BaseShape>AllProperties</t:BaseShape>"
                + $"</m:FolderShape><m:FolderIds>{Wire.Calendar}</m:FolderIds></m:GetFolder>"),
            await Ask("GetUserOofSettings", Wire.Oof(LabServer.Anna)),
            await Ask("ConvertId", "<m:ConvertId DestinationFormat=\"HexEntryId\"><m:SourceIds>"
                + $"<t:AlternateId Format=\"EwsId\" Id=\"{ids[0]}\" {mailbox}/></m:SourceIds></m:ConvertId>"),
            await Ask("Subscribe", Wire.Subscribe("CreatedEvent")),
            await Ask("Unsubscribe", $"<m:Unsubscribe><m:SubscriptionId>{subscription}</m:SubscriptionId>"
                + "</m:Unsubscribe>"),
        ];

        async Task<Specimen> Ask(string operation, string request)
        {
            var envelope = Wire.Envelope(request, LabServer.Anna);
            using var content = new StringContent(envelope, Encoding.UTF8, "text/xml");
            using var reply = await lab.Http.PostAsync("/EWS/Exchange.asmx", content, LabServer.Stop);
            reply.StatusCode.ShouldBe(HttpStatusCode.OK);
            var bytes = await reply.Content.ReadAsByteArrayAsync(LabServer.Stop);
            return new Specimen($"lab {operation}", $"{operation}Response", bytes);
        }
    }

    private static IEnumerable<Specimen> Streams()
    {
        string[] envelopes =
        [
            Xml.Status("OK"), Xml.Event("a", "StatusEvent"), Xml.Event("a", "ModifiedEvent"),
            Xml.Event("b", "CreatedEvent"), Xml.Lost("ErrorSubscriptionNotFound", "a", "b"),
            Xml.Status("Closed"),
        ];
        foreach (var between in new[] { "", Separated })
        {
            yield return Stream("stream", string.Join(between, envelopes));
            yield return Stream("stream without prefix", string.Join(between, envelopes
                .Select(one => one.Replace("s:Envelope", "Envelope").Replace("s:Body", "Body")
                    .Replace("xmlns:s=", "xmlns="))));
        }

        foreach (var envelope in envelopes)
        {
            yield return Reply("envelope of a stream", "GetStreamingEventsResponse", envelope);
        }
    }

    private static IEnumerable<Specimen> Failures()
    {
        foreach (var reader in ReplyReaders.All.Keys)
        {
            yield return Reply("busy", reader, Xml.Fault("ErrorServerBusy", backOffMilliseconds: 25000));
        }

        var inner = ("InnerErrorResponseCode", "ErrorServerBusy");
        yield return Reply("fault", ReplyReaders.Any, Xml.Fault("Client", detail: false));
        yield return Reply("busy behind an error", "SubscribeResponse",
            Xml.Error("Subscribe", "ErrorInternalServerError", inner, ("BackOffMilliseconds", "1.5E4")));
        yield return Reply("web page", ReplyReaders.Any,
            "<!DOCTYPE html><html><head><title>Sign in</title></head><body><br>Error&nbsp;<p></body></html>");
        yield return Reply("nothing", ReplyReaders.Any, "");
    }

    private static Specimen Stream(string name, string text) => new(name, null, Encoding.UTF8.GetBytes(text));

    private static Specimen Reply(string name, string reader, string text) =>
        new(name, reader, Encoding.UTF8.GetBytes(text));
}
