using HybridCalendar.ExchangeLab.Model;
using NodaTime;
using NodaTime.Text;

namespace HybridCalendar.ExchangeLab;

/// <summary>The settings of the lab, from command line (--Lab:Seed 1) or environment (Lab__Seed=1).</summary>
internal sealed class LabOptions
{
    public const string UrlDefault = "http://127.0.0.1:5081";

    /// <summary>The number that all calendars and ids derive from.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>
    /// The ISO date around which calendars are filled; the machine's UTC date when missing.
    /// </summary>
    public string? Today { get; init; }

    /// <summary>How many people the seeded organization has; all when missing.</summary>
    public int? People { get; init; }

    /// <summary>How many mailboxes there are besides the seeded organization, for load tests.</summary>
    public int Mailboxes { get; init; }

    /// <summary>How many items each of those mailboxes has.</summary>
    public int MeetingsEach { get; init; } = 200;

    /// <summary>Whether some people also have series in zones with odd names.</summary>
    public bool OddZones { get; init; }

    /// <summary>The release that the lab resembles at first: 2013, 2016, 2019 or SE.</summary>
    public string ServerVersion { get; init; } = "2019";

    /// <summary>
    /// The folder of the official schemas (*.xsd) that requests and replies must please; without it they are
    /// not checked.
    /// </summary>
    public string? Schemas { get; init; }

    /// <summary>How long a stream is silent before it shows a sign of life.</summary>
    public double HeartbeatSeconds { get; init; } = 45;

    /// <summary>How long a subscription lives without a connection, in minutes.</summary>
    public double SubscriptionMinutes { get; init; } = 5;

    /// <summary>
    /// How many streams one account may hold open at a time; as the resembled release when missing.
    /// </summary>
    public int? HangingConnections { get; init; }

    /// <summary>How many subscriptions one mailbox may have at a time.</summary>
    public int SubscriptionsPerMailbox { get; init; } = 5000;

    /// <summary>How many notifications may wait for a client that does not read its stream.</summary>
    public int BacklogMax { get; init; } = 4000;

    /// <summary>
    /// Whether ids in ErrorSubscriptionIds stand in the types namespace, as the schema says.
    /// </summary>
    public bool ErrorSubscriptionIdsInTypes { get; init; }

    /// <summary>The people of the seeded organization: as many as can all be in one meeting, or more.
    /// </summary>
    public (string Name, string TimeZone)[] ReadPeople()
    {
        const int fewest = 8;
        var all = Seeding.People.Users;
        return People is not { } count ? all : count >= fewest && count <= all.Length
            ? all[..count]
            : throw new LabRefusal($"Lab:People is {count}: give {fewest} to {all.Length}.");
    }

    public LocalDate ReadToday(TimeProvider time)
    {
        if (Today is null)
        {
            return LocalDate.FromDateTime(time.GetUtcNow().UtcDateTime);
        }

        var parsed = LocalDatePattern.Iso.Parse(Today);
        return parsed.Success ? parsed.Value : throw new LabRefusal(
            $"Lab:Today is \"{Today}\", which is not a date: give one such as 2026-11-23.");
    }

    /// <summary>Refuses addresses that other machines reach: the lab's password is public.</summary>
    public static void CheckUrls(string urls)
    {
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || !address.IsLoopback)
            {
                throw new LabRefusal(
                    $"The lab listens on this machine only, and \"{url}\" is not a loopback address: "
                    + $"give --urls {UrlDefault} or another one on 127.0.0.1.");
            }
        }
    }
}
