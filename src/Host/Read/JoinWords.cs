using System.Diagnostics;
using HybridCalendar.Domain.Joining;

namespace HybridCalendar.Host.Read;

/// <summary>Why a way to join is one, and why it stands where it stands, in words.</summary>
internal static class JoinWords
{
    public static string Why(JoinTarget target) =>
        $"found in the {Of(target.FoundIn)} by rule {target.Rule}"
        + (target.Ahead is { } ahead ? $"; before the next because {Of(ahead)}" : "");

    private static string Of(FoundIn place) => place switch
    {
        FoundIn.OnlineMeeting => "online-meeting property",
        FoundIn.Location => "location",
        FoundIn.Body => "body",
        _ => throw new UnreachableException(),
    };

    private static string Of(RankedBy by) => by switch
    {
        RankedBy.NotByPhone => "telephones come last",
        RankedBy.OwnText => "the next is in a quoted message",
        RankedBy.Certainty => "the next only may lead into a meeting",
        RankedBy.Place => "of the place it was found in",
        RankedBy.Kind => "web links come before SIP, and that before H.323",
        RankedBy.Aim => "it leads to one meeting more surely",
        RankedBy.RuleOrder => "its rule found something first",
        RankedBy.Passcode => "it has the passcode",
        RankedBy.Position => "it stands first in the text",
        _ => throw new UnreachableException(),
    };
}
