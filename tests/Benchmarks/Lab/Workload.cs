using System.Text;
using System.Xml.Linq;

namespace HybridCalendar.Benchmarks.Lab;

/// <summary>Requests of one kind, for many mailboxes, and one of the answers.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Requests">Prepared requests to the lab, each for another mailbox.</param>
/// <param name="Answer">The body of one answer: what the bare server sends.</param>
internal sealed record Workload(string Name, IReadOnlyList<byte[]> Requests, byte[] Answer)
{
    /// <summary>How many mailboxes are asked.</summary>
    private const int MailboxesAsked = 500;

    /// <summary>How many items one GetItem asks for, as Microsoft recommends.</summary>
    private const int Batch = 10;

    /// <summary>Asks the lab for ids and states, and prepares what is then measured.</summary>
    public static async Task<IReadOnlyList<Workload>> Prepare(
        Uri lab, string authorization, int mailboxes, CancellationToken cancellation)
    {
        using var client = await RawClient.Connect(lab, cancellation);
        var (whole, news, items, replies) =
            (new List<byte[]>(), new List<byte[]>(), new List<byte[]>(), new List<byte[]>());
        var step = Math.Max(1, mailboxes / MailboxesAsked);
        for (var number = 1; number <= mailboxes; number += step)
        {
            var mailbox = LabRequests.AddressOf(number);
            whole.Add(Request(mailbox, LabRequests.Sync("")));
            var synced = XElement.Parse(Encoding.UTF8.GetString(
                (await client.Send(whole[^1], cancellation)).Span));
            news.Add(Request(mailbox, LabRequests.Sync(Named(synced, "SyncState").Single().Value)));
            var ids = Named(synced, "ItemId").Take(Batch).Select(id => id.Attribute("Id")!.Value);
            items.Add(Request(mailbox, LabRequests.GetItem(ids)));
            replies.Add(Request(mailbox, LabRequests.GetUserOofSettings(mailbox)));
        }

        var workloads = new List<Workload>();
        foreach (var (name, requests) in new[]
        {
            ("SyncFolderItems, all", whole), ("SyncFolderItems, no news", news), ("GetItem, 10 whole", items),
            ("GetUserOofSettings", replies),
        })
        {
            var answer = await client.Send(requests[0], cancellation);
            workloads.Add(new Workload(name, requests, answer.ToArray()));
        }

        return workloads;

        byte[] Request(string mailbox, string operation) => RawClient.Prepare(
            lab, "/EWS/Exchange.asmx", authorization, LabRequests.Envelope(mailbox, operation));
    }

    private static IEnumerable<XElement> Named(XElement envelope, string name) =>
        envelope.Descendants().Where(element => element.Name.LocalName == name);
}
