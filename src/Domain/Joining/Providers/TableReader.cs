using System.Text.Json;

namespace HybridCalendar.Domain.Joining.Providers;

/// <summary>Understands one table of providers, and gathers everything that is wrong with it.</summary>
internal sealed class TableReader
{
    private static readonly string[] OfSipAddresses = ["user", "host", "head", "tail", "id", "passcode"];

    private readonly List<string> problems = [];
    private string place = "";

    public IReadOnlyList<string> Problems => problems;

    /// <summary>What the text says; what is wrong in it is left out and told as a problem.</summary>
    public TableText? Parse(string json)
    {
        try
        {
            return TableText.Parse(json);
        }
        catch (JsonException wrong)
        {
            problems.Add($"line {wrong.LineNumber + 1}: {wrong.Message}");
            return null;
        }
    }

    public void Complain(string problem) => problems.Add(place.Length == 0 ? problem : $"{place}: {problem}");

    public IEnumerable<LinkRule> Links(ProviderText provider)
    {
        foreach (var text in provider.Links)
        {
            place = Place(provider, text.Rule);
            var paths = Each(text.Paths, PathPattern.Parse, "path");
            var hosts = Each(text.Hosts, HostPattern.Parse, "host");
            NotEmpty(hosts, "hosts");
            NotEmpty(paths, "paths");
            var captures = paths.Select(path => path.Captures).DefaultIfEmpty().Min();
            var dial = Each(text.Dial, Template.Parse, "address to dial");
            var id = text.Id is null ? null : Each(text.Id, Template.Parse, "id").FirstOrDefault();
            foreach (var name in dial.Append(id).OfType<Template>().SelectMany(one => one.Names))
            {
                if (int.TryParse(name, out var number) && (number < 1 || number > captures))
                {
                    Complain($"{{{name}}} is a part that not every path has");
                }
            }

            yield return new LinkRule(
                RuleName(provider, text.Rule), provider.Name, LeadsOf(text.Leads), hosts, paths)
            {
                Except = Each(text.Except, PathPattern.Parse, "path"),
                Needs = Words(text.Needs),
                Refuses = text.Refuses,
                Id = id,
                Passcode = text.Passcode,
                Beside = BesideOf(text.Beside),
                Dial = dial,
            };
        }

        place = "";
    }

    public IEnumerable<SipRule> Sip(ProviderText provider)
    {
        foreach (var text in provider.Sip)
        {
            place = Place(provider, text.Rule);
            var hosts = Each(text.Hosts, HostPattern.Parse, "host");
            var dial = Each(text.Dial, Template.Parse, "address to dial");
            NotEmpty(hosts, "hosts");
            NotEmpty(dial, "addresses to dial");
            foreach (var name in dial.SelectMany(one => one.Names).Except(OfSipAddresses))
            {
                Complain($"{{{name}}} is not one of {{{string.Join("}, {", OfSipAddresses)}}}");
            }

            yield return new SipRule(
                RuleName(provider, text.Rule), provider.Name, hosts, text.User, dial, BesideOf(text.Beside))
            {
                IsBare = text.Bare,
            };
        }

        place = "";
    }

    public static string[] Words(string text) =>
        text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    public static bool IsName(string text) =>
        text.Length is > 0 and <= 64
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static string Place(ProviderText provider, string? rule) =>
        $"provider \"{provider.Name}\"" + (rule is null ? "" : $", rule \"{rule}\"");

    private string RuleName(ProviderText provider, string? rule)
    {
        if (rule is not null && !IsName(rule))
        {
            Complain("the rule's name is not of lower-case letters, digits and hyphens");
        }

        return rule ?? provider.Name;
    }

    private T[] Each<T>(string text, Func<string, T?> parse, string what)
        where T : class
    {
        var all = new List<T>();
        foreach (var word in Words(text))
        {
            if (parse(word) is { } one)
            {
                all.Add(one);
            }
            else
            {
                Complain($"\"{word}\" is no {what}");
            }
        }

        return [.. all];
    }

    private void NotEmpty<T>(T[] all, string what)
    {
        if (all.Length == 0)
        {
            Complain($"there are no {what}");
        }
    }

    private Leads LeadsOf(string text)
    {
        switch (text)
        {
            case "meeting": return Leads.Meeting;
            case "room": return Leads.Room;
            case "maybe": return Leads.Maybe;
            default:
                Complain($"leads is \"{text}\", not meeting, room or maybe");
                return Leads.Maybe;
        }
    }

    private Beside BesideOf(string text)
    {
        var beside = Beside.None;
        foreach (var word in Words(text))
        {
            beside |= word switch { "id" => Beside.Id, "passcode" => Beside.Passcode, _ => Beside.None };
            if (word is not ("id" or "passcode"))
            {
                Complain($"beside has \"{word}\", not id or passcode");
            }
        }

        return beside;
    }
}
