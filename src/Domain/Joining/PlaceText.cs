using System.Buffers;
using HybridCalendar.Domain.Joining.Providers;

namespace HybridCalendar.Domain.Joining;

/// <summary>
/// One place of an invitation: its lines, what was found there, and what is written beside it.
/// </summary>
internal sealed class PlaceText(ProviderTable table, string text)
{
    private static readonly SearchValues<string> MailTo = SearchValues.Create(
        ["mailto:"], StringComparison.OrdinalIgnoreCase);

    private BesideFacts? facts;
    private Dictionary<int, string>? linked;

    public IReadOnlyList<TextLine> Lines { get; } = QuotedLines.Of(MailText.Legible(text));

    /// <summary>What stands after "mailto:".</summary>
    public IEnumerable<string> MailAddresses => Lines
        .Where(line => line.Span.ContainsAny(MailTo))
        .SelectMany(line => DialScan.Addresses(line.Text))
        .Where(address => address.MailTo)
        .Select(address => $"{address.User}@{address.Host}");

    public IReadOnlyList<Candidate> Candidates { get; set; } = [];

    /// <summary>The target, with what is written beside it; null when it is none without that.</summary>
    public FoundTarget? Complete(Candidate candidate)
    {
        string? id = null;
        string? passcode = null;
        if (candidate.Beside != Beside.None)
        {
            facts ??= new BesideFacts(table, Lines);
            var isOther = OthersOf(candidate);
            id = !candidate.Beside.HasFlag(Beside.Id) ? null
                : candidate.Kind == JoinKind.Sip ? facts.VideoId(candidate.Line, isOther)
                : facts.MeetingId(candidate.Line, isOther);
            passcode = candidate.Beside.HasFlag(Beside.Passcode) && candidate.Passcode is null
                ? facts.Passcode(candidate.Line, isOther)
                : null;
        }

        return Address(candidate, id, passcode) is { } address
            ? new FoundTarget(candidate.Kind, Owner(candidate), candidate.Place, candidate.Rule, address)
            {
                MeetingId = id ?? candidate.MeetingId,
                Passcode = candidate.Passcode ?? passcode,
            }
            : null;
    }

    private static string? Address(Candidate candidate, string? id, string? passcode)
    {
        if (candidate is { Kind: JoinKind.H323, Beside: not Beside.None })
        {
            var end = passcode is null ? "" : $"#{passcode}";
            return id is null ? null : $"{candidate.Address}##{id}{end}";
        }

        if (candidate.Dialled is null)
        {
            return candidate.Address;
        }

        var colon = candidate.Address.IndexOf(':', StringComparison.Ordinal);
        var at = candidate.Address.LastIndexOf('@');
        var uri = candidate.Dialled.UriOf(
            candidate.Address[..colon],
            candidate.Address[(colon + 1)..at],
            candidate.Address[(at + 1)..],
            id,
            passcode);

        // What is written with its scheme can be dialled, whatever its rule would have beside it.
        return uri ?? (candidate.Aim == 0 ? candidate.Address : null);
    }

    /// <summary>
    /// The provider; of an address of digits that is anybody's, the one whose link is beside it and which
    /// lends out its meetings so.
    /// </summary>
    private string Owner(Candidate candidate)
    {
        if (candidate is not ({ Kind: JoinKind.Sip, Provider: "sip", Aim: 1 } or { Rule: "h323-label" }))
        {
            return candidate.Provider;
        }

        var owners = Candidates
            .Where(c => c is { Kind: JoinKind.Https, Maybe: false } && c.Quoted == candidate.Quoted)
            .Select(c => c.Provider)
            .Distinct(StringComparer.Ordinal)
            .Take(2)
            .ToList();
        return owners is not [var owner] ? candidate.Provider
            : candidate.Kind == JoinKind.H323 ? owner
            : table.InteropOf(owner) ?? candidate.Provider;
    }

    /// <summary>Whether a line has a link to another meeting than the candidate's.</summary>
    private Func<int, bool> OthersOf(Candidate candidate)
    {
        linked ??= Candidates
            .Where(c => c is { Kind: JoinKind.Https, MeetingId: not null })
            .DistinctBy(c => c.Line)
            .ToDictionary(c => c.Line, c => c.MeetingId!);
        var own = candidate.MeetingId ?? linked.GetValueOrDefault(candidate.Line);
        return candidate.Kind == JoinKind.Https
            ? line => linked.TryGetValue(line, out var id) && id != own
            : _ => false;
    }
}
