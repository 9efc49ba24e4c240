using System.Globalization;
using HybridCalendar.Domain.Joining.Providers;
using HybridCalendar.Domain.Meetings;
using NodaTime;

namespace HybridCalendar.Host;

/// <summary>Settings are missing or wrong. The message is for the operator.</summary>
public sealed class SettingsException(string message) : Exception(message);

/// <summary>
/// Reads single settings and gathers what is wrong with them, so that the operator is told all of it at once.
/// </summary>
internal sealed class SettingsReader(IConfiguration configuration)
{
    private readonly List<string> wrong = [];

    public string Text(string name, string meaning)
    {
        var value = configuration[name];
        if (string.IsNullOrWhiteSpace(value))
        {
            wrong.Add($"{Environment(name)} is not set: {meaning}.");
        }

        return value ?? "";
    }

    public string File(string name, string meaning)
    {
        var path = Text(name, meaning);
        if (!string.IsNullOrWhiteSpace(path) && !System.IO.File.Exists(path))
        {
            Require(false, name, $"names the file {path}, which is not there: {meaning}");
        }

        return path;
    }

    /// <summary>A setting that need not be there; null when it is not.</summary>
    public string? Optional(string name) =>
        configuration[name] is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;

    public string? OptionalFile(string name, string meaning) =>
        Optional(name) is null ? null : File(name, meaning);

    /// <summary>
    /// A secret, from the setting or from the file that the setting of that name with "File" names; null when
    /// there is neither. A line's end at the end of the file does not count.
    /// </summary>
    public string? Secret(string name)
    {
        var file = $"{name}File";
        if (Optional(file) is not { } path)
        {
            return Optional(name);
        }

        Require(Optional(name) is null, file, $"is set beside {Environment(name)}: remove one of them");
        if (File(file, "a file that holds the secret") is { Length: > 0 } && System.IO.File.Exists(path))
        {
            return System.IO.File.ReadAllText(path).TrimEnd('\r', '\n');
        }

        return "";
    }

    public string NeededSecret(string name, string meaning) =>
        Secret(name) is { } secret ? secret : Text(name, meaning);

    public T Word<T>(string name, T otherwise)
        where T : struct, Enum
    {
        if (Optional(name) is not { } text)
        {
            return otherwise;
        }

        var words = Enum.GetNames<T>();
        if (words.FirstOrDefault(word => word.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } known)
        {
            return Enum.Parse<T>(known);
        }

        Require(false, name, $"is '{text}': one of {string.Join(", ", words).ToLowerInvariant()}");
        return otherwise;
    }

    public bool Switch(string name)
    {
        var text = Optional(name) ?? bool.FalseString;
        Require(bool.TryParse(text, out var isOn), name, $"is '{text}': true or false");
        return isOn;
    }

    /// <summary>None of these may be set, because of what another setting says.</summary>
    public void Exclude(string because, IEnumerable<string> names, string reason)
    {
        foreach (var name in names.Where(name => Optional(name) is not null))
        {
            Require(false, name, $"is set, and {Environment(because)} says otherwise: {reason}");
        }
    }

    /// <summary>Notes what is wrong with a setting, once, unless the condition holds.</summary>
    public void Require(bool condition, string name, string complaint)
    {
        var sentence = $"{Environment(name)} {complaint}.";
        if (!condition && !wrong.Contains(sentence))
        {
            wrong.Add(sentence);
        }
    }

    /// <summary>The table of providers, with that of the file before it, if one is named.</summary>
    public ProviderTable Providers(string name)
    {
        if (configuration[name] is not { Length: > 0 } path)
        {
            return ProviderTable.Default;
        }

        try
        {
            switch (ProviderTable.Default.With(System.IO.File.ReadAllText(path)))
            {
                case TableRead.Table { Value: var table }: return table;
                case TableRead.Refused { Problems: var problems }:
                    wrong.AddRange(problems.Select(problem => $"{Environment(name)}, {path}: {problem}"));
                    break;
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            wrong.Add($"{Environment(name)} names the file {path}, which cannot be read: {failure.Message}");
        }

        return ProviderTable.Default;
    }

    public Uri Url(string name, string example)
    {
        var text = Text(name, $"for example {example}");
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
        {
            return url;
        }

        if (!string.IsNullOrWhiteSpace(text))
        {
            wrong.Add($"{Environment(name)} is not a web address: for example {example}.");
        }

        return new Uri(example);
    }

    public Uri? OptionalUrl(string name, string example) =>
        Optional(name) is null ? null : Url(name, example);

    /// <summary>Names of hosts with commas between them, *. before a name for all below it.</summary>
    public IReadOnlyList<string> Hosts(string name)
    {
        var hosts = (Optional(name) ?? "").Split(
            ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var host in hosts)
        {
            var plain = host.StartsWith("*.", StringComparison.Ordinal) ? host[2..] : host;
            Require(Uri.CheckHostName(plain) == UriHostNameType.Dns, name,
                $"has '{host}', which is not the name of a host");
        }

        return hosts;
    }

    public Duration Span(string name, Duration otherwise, Duration least, Duration most)
    {
        if (configuration[name] is not { } text)
        {
            return otherwise;
        }

        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span)
            && Duration.FromTimeSpan(span) is var duration && duration >= least && duration <= most)
        {
            return duration;
        }

        wrong.Add(
            $"{Environment(name)} is '{text}': a span from {least.ToTimeSpan()} to {most.ToTimeSpan()}, "
            + "written hh:mm:ss.");
        return otherwise;
    }

    public JoinTimes JoinTimes(string lead, string tail, JoinTimes otherwise) => new(
        Span(lead, otherwise.Lead, Duration.Zero, Domain.Meetings.JoinTimes.Longest),
        Span(tail, otherwise.Tail, Duration.Zero, Domain.Meetings.JoinTimes.Longest));

    public int Number(string name, int otherwise, int least, int most)
    {
        if (configuration[name] is not { } text)
        {
            return otherwise;
        }

        if (int.TryParse(text, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most)
        {
            return number;
        }

        wrong.Add($"{Environment(name)} is '{text}': a whole number from {least} to {most}.");
        return otherwise;
    }

    public void ThrowIfWrong()
    {
        if (wrong.Count > 0)
        {
            throw new SettingsException(string.Join(System.Environment.NewLine, wrong));
        }
    }

    private static string Environment(string name) => name.Replace(":", "__", StringComparison.Ordinal);
}
