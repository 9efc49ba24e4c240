namespace HybridCalendar.Domain.Joining;

/// <summary>In which form Exchange gave a body (EWS: BodyType).</summary>
public enum BodyFormat
{
    Text,
    Html,
}

/// <summary>Finds the ways to join in what an invitation says.</summary>
/// <remarks>
/// Webex, Microsoft Teams, Zoom and Google Meet by their web links; SIP and SIPS URIs of anybody; and
/// addresses of digits only, which Webex devices dial as SIP. Links that a mail gateway rewrote are taken
/// back to what they were.
/// <para>
/// The best is the link that a person would click, so the order is, each only among what is equal before:
/// the location before the body; an invitation's own text before messages quoted in it; web links before
/// SIP, which thereby is the second way into the same meeting; links to one meeting before links to
/// somebody's room, which may be a signature's; written SIP URIs before addresses of digits only; links of
/// the rule that matched first; of one rule those that carry the passcode; the first before later ones.
/// </para>
/// Mail addresses and telephone numbers are never found. Linear in the length of the texts.
/// </remarks>
public static class JoinTargetFinder
{
    /// <summary>
    /// Targets that are told; a text with more of them is a list, and its end helps nobody to join.
    /// </summary>
    public const int TargetsMax = 16;

    private const string SipRule = "sip-uri";
    private const string DigitsRule = "sip-digits";

    /// <summary>The ways to join, the best first, each address once; empty where there is none.</summary>
    /// <param name="location">Plain text; may be missing.</param>
    /// <param name="body">In the given format; may be missing.</param>
    public static IReadOnlyList<FoundTarget> Find(string? location, string? body, BodyFormat format)
    {
        var text = format == BodyFormat.Html && body is not null ? HtmlText.Flatten(body) : body;
        var candidates = Candidates(location, FoundIn.Location)
            .Concat(Candidates(text, FoundIn.Body))
            .ToList();
        var firstOfRule = new Dictionary<(FoundIn, bool, string), int>();
        for (var i = 0; i < candidates.Count; i++)
        {
            firstOfRule.TryAdd(RuleKey(candidates[i]), i);
        }

        return
        [
            .. candidates
                .OrderBy(c => c.Target.FoundIn)
                .ThenBy(c => c.Quoted)
                .ThenBy(c => c.Target.Kind)
                .ThenBy(c => c.Tier)
                .ThenBy(c => firstOfRule[RuleKey(c)])
                .ThenByDescending(c => c.HasPasscode)
                .Select(c => c.Target)
                .DistinctBy(target => target.Address, StringComparer.Ordinal)
                .Take(TargetsMax),
        ];
    }

    private static (FoundIn, bool, string) RuleKey(Candidate c) =>
        (c.Target.FoundIn, c.Quoted, c.Target.Rule);

    private static IEnumerable<Candidate> Candidates(string? text, FoundIn place)
    {
        foreach (var (line, quoted) in QuotedLines.Of(text ?? ""))
        {
            foreach (var link in AddressScan.Links(line).Select(LinkWrappers.Unwrap))
            {
                if (JoinRules.Links.FirstOrDefault(rule => rule.Matches(link)) is { } rule)
                {
                    var target = new FoundTarget(
                        JoinKind.Https, rule.Provider, place, rule.Name, link.Address);
                    yield return new Candidate(target, quoted, (int)rule.Leads, rule.HasPasscode(link));
                }
            }

            foreach (var (uri, written) in AddressScan.SipUris(line))
            {
                var name = written ? SipRule : DigitsRule;
                var target = new FoundTarget(JoinKind.Sip, ProviderOf(uri), place, name, uri);
                yield return new Candidate(target, quoted, written ? 0 : 1, HasPasscode: false);
            }
        }
    }

    private static string ProviderOf(string uri)
    {
        var host = uri[(uri.LastIndexOf('@') + 1)..];
        foreach (var (suffix, provider) in JoinRules.SipHosts)
        {
            if (host == suffix || host.EndsWith($".{suffix}", StringComparison.Ordinal))
            {
                return provider;
            }
        }

        return "sip";
    }

    /// <param name="Tier">The lower the surer, among those of one kind.</param>
    private sealed record Candidate(FoundTarget Target, bool Quoted, int Tier, bool HasPasscode);
}
