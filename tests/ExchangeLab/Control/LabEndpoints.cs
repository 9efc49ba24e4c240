using HybridCalendar.ExchangeLab.Model;
using HybridCalendar.ExchangeLab.Streaming;

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
        lab.MapPost("/subscriptions/forget", (Subscriptions subscriptions) => subscriptions.Forget());
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
