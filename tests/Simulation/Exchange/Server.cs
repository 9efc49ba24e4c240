using System.Xml;
using System.Xml.Linq;
using HybridCalendar.Adapters.Exchange.Reading;
using HybridCalendar.Adapters.Exchange.Soap;
using HybridCalendar.ExchangeLab;
using HybridCalendar.ExchangeLab.Control;
using HybridCalendar.ExchangeLab.Ews;
using HybridCalendar.ExchangeLab.Model;
using HybridCalendar.ExchangeLab.Pipeline;
using HybridCalendar.ExchangeLab.Streaming;
using HybridCalendar.ExchangeLab.Style;
using NodaTime;
using Asked = HybridCalendar.Adapters.Exchange.Operations;
using Mailbox = HybridCalendar.ExchangeLab.Model.Mailbox;
using Replies = HybridCalendar.Domain.Mailboxes.AutomaticReplies;

namespace HybridCalendar.Simulation.Exchange;

/// <summary>
/// An Exchange without a network: the service's own requests, answered by the lab's own operations, read by
/// the service's own readers.
/// </summary>
internal sealed class Server
{
    private static readonly Edition Edition = Edition.Named("2019");
    private static readonly ReplyStyle Style = new(Edition, new WireSettings(), 1);

    private readonly Organization organization;
    private readonly Faults faults;
    private readonly Subscriptions subscriptions;
    private readonly AvailabilitySettings availability = new();
    private readonly Dictionary<(string, long), Parsed<IReadOnlyList<ResponseMessage<RawItem?>>>> read = [];

    public Server(Organization organization, TimeProvider time)
    {
        this.organization = organization;
        faults = new Faults(organization.Seed);
        subscriptions = new Subscriptions(organization, faults, new Statistics(), time, new LabOptions());
    }

    /// <summary>The share of items that are written unreadably, or with which the server fails.</summary>
    public void Spoil(double share) =>
        faults.Settings = new FaultSettings { MalformedItems = share, PoisonItems = share };

    /// <param name="most">Changes of a page.</param>
    public Parsed<Asked.ChangePage> ReadPage(Mailbox mailbox, string? cursor, int most) => Call(
        mailbox,
        xml => Asked.SyncFolderItems.Write(xml, cursor),
        Asked.SyncFolderItems.Read,
        (call, reply) =>
        {
            call.Request.Need("MaxChangesReturned").SetValue(most);
            SyncFolderItems.Look(call)(reply);
        });

    /// <summary>An item in full. The same version of it is written and read only once.</summary>
    public Parsed<IReadOnlyList<ResponseMessage<RawItem?>>> ReadItem(
        Mailbox mailbox, string id, IReadOnlyList<string> properties)
    {
        var entry = mailbox.Find(ItemIds.ReadItem(id)!.Serial);
        if (entry is null || faults.Settings.MalformedItems > 0)
        {
            return Ask();
        }

        var version = (id, entry.ChangeNumber);
        return read.TryGetValue(version, out var known) ? known : read[version] = Ask();

        Parsed<IReadOnlyList<ResponseMessage<RawItem?>>> Ask() => Call(
            mailbox,
            xml => Asked.GetItem.Write(xml, [id], properties),
            Asked.GetItem.Read,
            (call, reply) => GetItem.Look(call)(reply));
    }

    public Parsed<Asked.CalendarView> ReadView(Mailbox mailbox, Instant from, Instant to) => Call(
        mailbox,
        xml => Asked.FindItem.Write(xml, from, to),
        Asked.FindItem.Read,
        (call, reply) => FindItem.Look(call)(reply));

    public Parsed<Replies> ReadReplies(Mailbox mailbox) => Call(
        mailbox,
        xml => Asked.GetUserOofSettings.Write(xml, mailbox.Address),
        Asked.GetUserOofSettings.Read,
        GetUserOofSettings.Answer);

    private T Call<T>(
        Mailbox mailbox,
        Action<XmlWriter> write,
        Func<Stream, T> understand,
        Action<EwsCall, ReplyWriter> answer)
    {
        var request = new XDocument();
        using (var xml = request.CreateWriter())
        {
            write(xml);
        }

        using var reply = new ReplyWriter(Style);
        answer(CallOf(request.Root!, mailbox), reply);
        using var bytes = new MemoryStream(reply.Finish().ToArray());
        return understand(bytes);
    }

    private EwsCall CallOf(XElement request, Mailbox mailbox) => new()
    {
        Request = request,
        Caller = new Caller("service@lab.example"),
        Version = ServerVersion.Exchange2013SP1,
        Edition = Edition,
        Wire = Style.Settings,
        ContextZone = DateTimeZone.Utc,
        Impersonated = mailbox,
        BackEnd = 0,
        Organization = organization,
        Subscriptions = subscriptions,
        Faults = faults,
        Availability = availability,
    };
}
