using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Adapters.Keys;
using HybridCalendar.Domain;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.ExchangeLab.Model;
using LabKind = HybridCalendar.ExchangeLab.Model.MailboxKind;
using MailboxKind = HybridCalendar.Domain.Mailboxes.MailboxKind;

namespace HybridCalendar.Simulation.Calendars;

/// <summary>Whose calendars are watched: the same in every world, with the same keys.</summary>
internal static class People
{
    private static readonly Guid Space = new("0f5f6f0a-52a4-4a55-9d2c-6a7c3c6d2b11");

    private static readonly (string Name, LabKind Kind, string Zone)[] All =
    [
        ("anna", LabKind.User, "W. Europe Standard Time"),
        ("ben", LabKind.User, "Eastern Standard Time"),
        ("room", LabKind.Room, "GMT Standard Time"),
    ];

    public static IReadOnlyList<WatchedMailbox> Watched { get; } =
        [.. All.Select(one => Watch(AddressOf(one.Name), one.Kind))];

    public static void Add(Organization organization)
    {
        foreach (var (name, kind, zone) in All)
        {
            organization.AddMailbox(AddressOf(name), name, kind, zone);
        }
    }

    private static string AddressOf(string name) => name + "@lab.example";

    private static WatchedMailbox Watch(string address, LabKind kind)
    {
        var id = NameBasedGuid.Of(Space, address);
        var key = id.ToByteArray().Concat(Space.ToByteArray()).ToArray();
        return new WatchedMailbox(new MailboxId(id), address, new MailboxSeal(id, key))
        {
            Kind = kind == LabKind.Room ? MailboxKind.Room : MailboxKind.User,
        };
    }
}
