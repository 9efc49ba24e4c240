namespace HybridCalendar.Domain.Joining.Providers;

/// <summary>Every rule by which a way to join is told from other addresses: data, read at start.</summary>
/// <remarks>
/// The table of this file's neighbour providers.json, and before it that of the organization. The first rule
/// that matches names a target. Immutable.
/// </remarks>
public sealed class ProviderTable
{
    private readonly IReadOnlyList<TableText> texts;
    private readonly Dictionary<string, List<Ordered>> byDomain = new(StringComparer.Ordinal);
    private readonly List<Ordered> ofAnyDomain = [];
    private readonly SipRule[] sip;
    private readonly Dictionary<string, string> interop = new(StringComparer.Ordinal);

    private ProviderTable(
        IReadOnlyList<TableText> texts,
        IEnumerable<LinkRule> links,
        IEnumerable<SipRule> sip,
        IEnumerable<ProviderText> providers)
    {
        this.texts = texts;
        this.sip = [.. sip];
        foreach (var (order, rule) in links.Index())
        {
            foreach (var host in rule.Hosts)
            {
                var rules = host.Domain is not { } domain ? ofAnyDomain
                    : byDomain.TryGetValue(domain, out var there) ? there
                    : byDomain[domain] = [];
                rules.Add(new Ordered(order, rule));
            }
        }

        Providers = [.. providers.Select(provider => provider.Name).Distinct(StringComparer.Ordinal)];
        foreach (var provider in providers.Where(provider => provider.Interop is not null))
        {
            interop.TryAdd(provider.Name, provider.Interop!);
        }

        MailHosts = Words(text => text.MailHosts);
        PasscodeWords = [.. Words(text => text.PasscodeWords)];
        AnyPasscodeWord = new WordSearch(PasscodeWords);
        VideoWords = [.. Words(text => text.VideoWords)];
        PhoneWords = [.. Words(text => text.PhoneWords)];
    }

    /// <summary>The table that the service brings.</summary>
    public static ProviderTable Default { get; } = ReadDefault();

    /// <summary>Names of the providers, in the order of the table.</summary>
    public IReadOnlyList<string> Providers { get; }

    internal IReadOnlySet<string> MailHosts { get; }

    internal string[] PasscodeWords { get; }

    internal WordSearch AnyPasscodeWord { get; }

    internal string[] VideoWords { get; }

    internal string[] PhoneWords { get; }

    /// <summary>This table with an organization's own before it: all of that, or nothing.</summary>
    /// <param name="json">In the form of providers.json; may leave out providers of this one.</param>
    public TableRead With(string json)
    {
        var reader = new TableReader();
        return reader.Parse(json) is { } text
            ? Build(reader, [text, .. texts])
            : new TableRead.Refused(reader.Problems);
    }

    /// <summary>The first rule that the link matches, and what it has in the gaps of the path.</summary>
    internal (LinkRule Rule, IReadOnlyList<string> Captured)? Match(Link link)
    {
        var best = (Order: int.MaxValue, Rule: (LinkRule?)null, Captured: (IReadOnlyList<string>?)null);
        void Try(List<Ordered> rules)
        {
            foreach (var (order, rule) in rules)
            {
                if (order < best.Order && rule.Match(link) is { } captured)
                {
                    best = (order, rule, captured);
                }
            }
        }

        var lookup = byDomain.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var domain = link.Host.AsSpan(); !domain.IsEmpty; domain = AfterFirstLabel(domain))
        {
            if (lookup.TryGetValue(domain, out var rules))
            {
                Try(rules);
            }
        }

        Try(ofAnyDomain);
        return best.Rule is null ? null : (best.Rule, best.Captured!);
    }

    /// <summary>The first rule that an address of this user and host matches; null when none does.</summary>
    internal SipRule? MatchSip(string user, string host) =>
        Array.Find(sip, rule => rule.Matches(user, host));

    /// <summary>Whose addresses of digits stand beside this provider's link; null when nobody's.</summary>
    internal string? InteropOf(string provider) => interop.GetValueOrDefault(provider);

    private static TableRead Build(TableReader reader, IReadOnlyList<TableText> texts)
    {
        var without = TableReader.Words(texts[0].Without).ToHashSet(StringComparer.Ordinal);
        ProviderText[] below = [.. texts.Skip(1).SelectMany(text => text.Providers)];
        foreach (var name in without.Except(below.Select(provider => provider.Name), StringComparer.Ordinal))
        {
            reader.Complain($"without names \"{name}\", which is no provider");
        }

        foreach (var provider in texts[0].Providers)
        {
            if (!TableReader.IsName(provider.Name))
            {
                const string wrong = "the name is not of lower-case letters, digits and hyphens";
                reader.Complain($"provider \"{provider.Name}\": {wrong}");
            }
        }

        ProviderText[] all =
            [.. texts[0].Providers, .. below.Where(provider => !without.Contains(provider.Name))];
        LinkRule[] links = [.. all.SelectMany(reader.Links)];
        SipRule[] sip = [.. all.SelectMany(reader.Sip)];
        var names = links.Select(rule => rule.Name).Concat(sip.Select(rule => rule.Name));
        foreach (var name in names.GroupBy(name => name).Where(same => same.Count() > 1))
        {
            reader.Complain(
                $"there are {name.Count()} rules of the name \"{name.Key}\": a rule's name is unique");
        }

        return reader.Problems.Count > 0
            ? new TableRead.Refused(reader.Problems)
            : new TableRead.Table(new ProviderTable(texts, links, sip, all));
    }

    private static ProviderTable ReadDefault()
    {
        using var stream = typeof(ProviderTable).Assembly.GetManifestResourceStream("providers.json")!;
        using var text = new StreamReader(stream);
        var reader = new TableReader();
        var read = reader.Parse(text.ReadToEnd()) is { } table
            ? Build(reader, [table])
            : new TableRead.Refused(reader.Problems);
        return read is TableRead.Table { Value: var value }
            ? value
            : throw new InvalidOperationException(string.Join('\n', ((TableRead.Refused)read).Problems));
    }

    private HashSet<string> Words(Func<TableText, string> words) =>
        texts.SelectMany(text => TableReader.Words(words(text))).ToHashSet(StringComparer.Ordinal);

    private static ReadOnlySpan<char> AfterFirstLabel(ReadOnlySpan<char> domain) =>
        domain.IndexOf('.') is var dot and >= 0 ? domain[(dot + 1)..] : [];

    private readonly record struct Ordered(int Order, LinkRule Rule);
}

/// <summary>What reading a table of providers came to.</summary>
public abstract record TableRead
{
    private TableRead()
    {
    }

    /// <summary>All of it could be read.</summary>
    public sealed record Table(ProviderTable Value) : TableRead;

    /// <summary>Nothing of it is used; the problems are in words, for the operator.</summary>
    public sealed record Refused(IReadOnlyList<string> Problems) : TableRead;
}
