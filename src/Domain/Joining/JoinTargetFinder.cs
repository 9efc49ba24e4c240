using HybridCalendar.Domain.Joining.Providers;

namespace HybridCalendar.Domain.Joining;

/// <summary>Finds the ways to join in what an invitation says.</summary>
/// <remarks>
/// Web links by the table of providers; SIP and SIPS URIs of anybody; addresses of digits only and of rooms'
/// names, which devices dial as SIP; the interop addresses of Teams, Zoom and Google Meet with the number or
/// passcode that is written beside them; H.323; and telephone bridges, but only beside another way: nobody
/// joins a meeting by a number that may be anybody's. What mail did to links on their way is taken back:
/// gateways that rewrote them, lines they were broken into, characters nobody sees. Mail addresses are never
/// found, nor in a text the SIP address of somebody who takes part; one that is for mail too only may lead
/// into a meeting.
/// <para>
/// The best is what a person would press first. Compared is, each only among what is equal before, as
/// <see cref="RankedBy"/> has it: anything before telephones; an invitation's own text before messages quoted
/// in it; what surely leads into a meeting before what may; online-meeting properties before the location
/// before the body; web links before SIP, which thereby is the second way into the same meeting, before
/// H.323; links to one meeting before links to somebody's room, which may be a signature's, and written SIP
/// URIs before addresses told by their form; what the rule found that matched first; of one rule what carries
/// the passcode; the first before later ones.
/// </para>
/// The same invitation has the same answer, always. Linear in the length of the texts. Safe for use by
/// several threads.
/// </remarks>
/// <param name="table">The providers.</param>
public sealed class JoinTargetFinder(ProviderTable table)
{
    /// <summary>
    /// Targets that are told; a text with more of them is a list, and its end helps nobody to join.
    /// </summary>
    public const int TargetsMax = 16;

    /// <summary>The ways to join, the best first, each address once; empty where there is none.</summary>
    public IReadOnlyList<FoundTarget> Find(Invitation invitation)
    {
        var body = MailText.Decoded(invitation.Body ?? "");
        body = invitation.BodyFormat == BodyFormat.Html ? HtmlText.Flatten(body) : body;
        var places = new Dictionary<FoundIn, PlaceText>
        {
            [FoundIn.OnlineMeeting] = new(table, string.Join('\n', invitation.OnlineMeeting)),
            [FoundIn.Location] = new(table, invitation.Location ?? ""),
            [FoundIn.Body] = new(table, body),
        };
        var people = invitation.People.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var mail = places.Values.SelectMany(text => text.MailAddresses)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (place, text) in places)
        {
            text.Candidates = new CandidateScan(table, people, mail, place).Of(text.Lines);
        }

        return Best(Ranking.Order(places.Values.SelectMany(text => text.Candidates)), places);
    }

    private static List<FoundTarget> Best(List<Candidate> ranked, Dictionary<FoundIn, PlaceText> places)
    {
        var targets = new List<FoundTarget>();
        var chosen = new List<Candidate>();
        var written = new HashSet<string>(StringComparer.Ordinal);
        var dialled = new HashSet<string>(StringComparer.Ordinal);
        foreach (var candidate in ranked)
        {
            if (targets.Count == TargetsMax || (candidate.Kind == JoinKind.Phone && targets.Count == 0))
            {
                break;
            }

            if (written.Add(candidate.Address)
                && places[candidate.Place].Complete(candidate) is { } target
                && dialled.Add(target.Address))
            {
                targets.Add(target);
                chosen.Add(candidate);
            }
        }

        for (var i = 0; i + 1 < targets.Count; i++)
        {
            targets[i] = targets[i] with { Ahead = Ranking.Ahead(chosen[i], chosen[i + 1]) };
        }

        return targets;
    }
}
