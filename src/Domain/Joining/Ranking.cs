namespace HybridCalendar.Domain.Joining;

/// <summary>The order of ways to join.</summary>
internal static class Ranking
{
    /// <summary>
    /// What is compared, in this order; the lesser number is before. Each number has so many bits.
    /// </summary>
    private static readonly (RankedBy By, int Bits, Func<Candidate, int> Number)[] Keys =
    [
        (RankedBy.NotByPhone, 1, c => c.Kind == JoinKind.Phone ? 1 : 0),
        (RankedBy.OwnText, 1, c => c.Quoted ? 1 : 0),
        (RankedBy.Certainty, 1, c => c.Maybe ? 1 : 0),
        (RankedBy.Place, 2, c => (int)c.Place),
        (RankedBy.Kind, 2, c => (int)c.Kind),
        (RankedBy.Aim, 2, c => c.Aim),
        (RankedBy.RuleOrder, 31, c => c.RuleFirst),
        (RankedBy.Passcode, 1, c => c.Passcode is null ? 1 : 0),
    ];

    /// <summary>The best first; equal ones in the order of the text.</summary>
    public static List<Candidate> Order(IEnumerable<Candidate> candidates)
    {
        var firsts = new Dictionary<(FoundIn, bool, string), int>();
        return
        [
            .. candidates
                .Select((c, i) => c with { RuleFirst = First((c.Place, c.Quoted, c.Rule), i) })
                .OrderBy(c => Keys.Aggregate(0L, (all, key) => (all << key.Bits) | (uint)key.Number(c))),
        ];

        int First((FoundIn, bool, string) rule, int index) =>
            firsts.TryAdd(rule, index) ? index : firsts[rule];
    }

    /// <summary>What puts one before the next.</summary>
    public static RankedBy Ahead(Candidate one, Candidate next)
    {
        foreach (var (by, _, number) in Keys)
        {
            if (number(one) != number(next))
            {
                return by;
            }
        }

        return RankedBy.Position;
    }
}
