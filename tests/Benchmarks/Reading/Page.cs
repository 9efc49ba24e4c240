using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Adapters.Exchange.Operations;
using HybridCalendar.Adapters.Exchange.Soap;

namespace HybridCalendar.Benchmarks.Reading;

/// <summary>A reply with many items, as the lab writes them.</summary>
internal sealed partial record Page(string Operation, string Shape, byte[] Bytes)
{
    private const string Mailbox = "anna.brandt@lab.example";
    private const string Account = "svc-calendar@lab.example:lab-password";
    private const string Calendar = "<t:DistinguishedFolderId Id=\"calendar\"/>";

    /// <summary>
    /// A page of each operation with ids only, with default and with all properties; and of whole items with
    /// what the client asks for.
    /// </summary>
    /// <param name="items">How many; where the lab has fewer, they come again.</param>
    public static async Task<IReadOnlyList<Page>> All(int items, CancellationToken cancellation)
    {
        await using var lab = ExchangeLab.Lab.Create("--urls=http://127.0.0.1:0", "--Lab:Today=2026-03-16");
        await lab.StartAsync(cancellation);
        using var http = new HttpClient { BaseAddress = new Uri(lab.Urls.Single()) };
        var proof = Convert.ToBase64String(Encoding.UTF8.GetBytes(Account));
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", proof);
        var all = await Ask(xml => xml.WriteRaw(Sync("IdOnly")));
        var ids = ItemId().Matches(all).Select(match => match.Groups[1].Value).ToList();
        var pages = new List<Page>();
        foreach (var shape in new[] { "IdOnly", "Default", "AllProperties" })
        {
            await Add("GetItem", shape, "m:GetItemResponseMessage", xml => xml.WriteRaw(Get(shape, ids)));
            await Add("SyncFolderItems", shape, "t:Create", xml => xml.WriteRaw(Sync(shape)));
            await Add("FindItem", shape, "t:CalendarItem", xml => xml.WriteRaw(Find(shape)));
        }

        await Add("GetItem", "as the client asks", "m:GetItemResponseMessage",
            xml => GetItem.Write(xml, ids, Shapes.OfMeetings));
        return [.. pages.OrderBy(page => page.Operation, StringComparer.Ordinal)];

        async Task Add(string operation, string shape, string element, Action<XmlWriter> request) =>
            pages.Add(new Page(operation, shape, Filled(await Ask(request), element, items)));

        async Task<string> Ask(Action<XmlWriter> request)
        {
            var envelope = SoapRequest.Write(Mailbox, Dialect.Exchange2013_SP1, request);
            using var content = new ByteArrayContent(envelope);
            content.Headers.ContentType = new MediaTypeHeaderValue("text/xml", "utf-8");
            using var reply = await http.PostAsync("/EWS/Exchange.asmx", content, cancellation);
            return await reply.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellation);
        }
    }

    private static string Get(string shape, IEnumerable<string> ids) =>
        $"<m:GetItem>{Shaped(shape)}<m:ItemIds>"
        + string.Concat(ids.Select(id => $"<t:ItemId Id=\"{id}\"/>")) + "</m:ItemIds></m:GetItem>";

    private static string Sync(string shape) =>
        $"<m:SyncFolderItems>{Shaped(shape)}<m:SyncFolderId>{Calendar}</m:SyncFolderId>"
        + "<m:MaxChangesReturned>512</m:MaxChangesReturned></m:SyncFolderItems>";

    private static string Find(string shape) =>
        $"<m:FindItem Traversal=\"Shallow\">{Shaped(shape)}"
        + "<m:CalendarView StartDate=\"2026-03-01T00:00:00Z\" EndDate=\"2026-05-01T00:00:00Z\"/>"
        + $"<m:ParentFolderIds>{Calendar}</m:ParentFolderIds></m:FindItem>";

    private static string Shaped(string shape) =>
        $"<m:ItemShape><t:BaseShape>{shape}</t:BaseShape></m:ItemShape>";

    // The elements with that name are one behind the other.
    private static byte[] Filled(string reply, string element, int items)
    {
        var (start, end) = ($"<{element}", $"</{element}>");
        var from = reply.IndexOf(start, StringComparison.Ordinal);
        var to = reply.LastIndexOf(end, StringComparison.Ordinal) + end.Length;
        var elements = reply[from..to].Split(end)[..^1];
        var filled = Enumerable.Range(0, items).Select(number => elements[number % elements.Length] + end);
        return Encoding.UTF8.GetBytes(reply[..from] + string.Concat(filled) + reply[to..]);
    }

    [GeneratedRegex("<t:CalendarItem><t:ItemId Id=\"([^\"]*)\"")]
    private static partial Regex ItemId();
}
