using System.Text.Json;
using HybridCalendar.ExchangeLab.Ews;
using HybridCalendar.ExchangeLab.Model;
using HybridCalendar.ExchangeLab.Streaming;
using HybridCalendar.ExchangeLab.Style;

namespace HybridCalendar.ExchangeLab.Control;

/// <summary>The part of the control API that handles the lab itself: faults, streams, statistics.</summary>
internal static class LabEndpoints
{
    private const double HeartbeatSecondsMin = 0.1;
    private const double HeartbeatSecondsMax = 3600;

    public static void MapLab(this RouteGroupBuilder lab)
    {
        lab.MapGet("/health", () => new { status = "ready" });
        lab.MapGet("/faults", (Faults faults) => faults.Settings);
        lab.MapPut("/faults", SetFaults);
        lab.MapPost("/streams/cut", (Subscriptions subscriptions) => new { cut = subscriptions.CutAll() });
        lab.MapPost("/streams/close", (Subscriptions subscriptions) =>
            new { closed = subscriptions.EndAll(StreamEnding.Closed) });
        lab.MapPost("/streams/end", (Subscriptions subscriptions) =>
            new { ended = subscriptions.EndAll(StreamEnding.EndOfFile) });
        lab.MapGet("/streams", (StreamSettings settings) => settings.Manners);
        lab.MapPut("/streams", (StreamManners manners, StreamSettings settings) =>
            settings.Manners = manners);
        lab.MapGet("/wire", (ReplyStyles styles) => styles.Settings);
        lab.MapPut("/wire", (WireSettings settings, ReplyStyles styles) => styles.Settings = settings);
        lab.MapGet("/server", (ReplyStyles styles) => new { version = styles.Edition.Name });
        lab.MapPut("/server", (ServerWish wish, ReplyStyles styles) =>
        {
            styles.Edition = Edition.Named(wish.Version);
            return wish;
        });
        lab.MapPost("/subscriptions/forget", (Subscriptions subscriptions) => subscriptions.Forget());
        lab.MapPost("/subscriptions/fail", Fail);
        lab.MapPost("/subscriptions/owner", (OwnerWish wish, Subscriptions subscriptions) =>
            subscriptions.GiveTo(wish.Account));
        lab.MapPost("/sync-states/expire", (Organization organization) => organization.ExpireSyncStates());
        lab.MapPost("/heartbeat", SetHeartbeat);
        lab.MapGet("/statistics", (Statistics statistics, Subscriptions subscriptions) => new
        {
            requests = statistics.Requests,
            openStreams = subscriptions.OpenStreams,
            subscriptions = subscriptions.Count,
            notificationsSent = statistics.NotificationsSent,
            busyAnswers = statistics.BusyAnswers,
            requestsDuringBackOff = statistics.RequestsDuringBackOff,
            missingAnchors = statistics.MissingAnchors,
            wrongAnchors = statistics.WrongAnchors,
            invalidRequests = statistics.InvalidRequests,
            invalidReplies = statistics.InvalidReplies,
            faults = statistics.Faults.ToDictionary(
                fault => JsonNamingPolicy.CamelCase.ConvertName(fault.Key.ToString()), fault => fault.Value),
        });
        lab.MapPost("/changes/random", (long seed, Organization organization) =>
            new { description = RandomChange.Perform(organization, seed) });
    }

    private static FaultSettings SetFaults(FaultSettings settings, Faults faults, Organization organization)
    {
        foreach (var address in settings.FailingMailboxes)
        {
            organization.GetMailbox(address);
        }

        return faults.Settings = settings;
    }

    private static object Fail(
        FailureWish wish, Subscriptions subscriptions, Organization organization) => new
        {
            failed = subscriptions.Fail(
                StreamFailures.Wished(wish.Code),
                wish.Mailbox is { } address ? organization.GetMailbox(address) : null),
        };

    private static object SetHeartbeat(
        HeartbeatWish wish, StreamSettings settings, Subscriptions subscriptions)
    {
        if (wish.Seconds is not (>= HeartbeatSecondsMin and <= HeartbeatSecondsMax))
        {
            throw new LabRefusal("The heartbeat is out of range: give seconds from 0.1 to 3600.");
        }

        settings.Heartbeat = TimeSpan.FromSeconds(wish.Seconds);
        subscriptions.WakeAll();
        return new { wish.Seconds };
    }
}
