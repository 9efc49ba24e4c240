using System.Globalization;
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
            wrong.Add($"{Environment(name)} names the file {path}, which is not there: {meaning}.");
        }

        return path;
    }

    /// <summary>A web address; null when it is not set.</summary>
    public Uri? Url(string name, string example)
    {
        var text = configuration[name];
        if (string.IsNullOrWhiteSpace(text)
            || (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
        {
            return string.IsNullOrWhiteSpace(text) ? null : new Uri(text);
        }

        wrong.Add($"{Environment(name)} is not a web address: for example {example}.");
        return null;
    }

    /// <summary>Names of hosts with commas between them, *. before a name for all below it.</summary>
    public IReadOnlyList<string> Hosts(string name)
    {
        var hosts = (configuration[name] ?? "").Split(
            ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        foreach (var host in hosts)
        {
            var plain = host.StartsWith("*.", StringComparison.Ordinal) ? host[2..] : host;
            if (Uri.CheckHostName(plain) != UriHostNameType.Dns)
            {
                wrong.Add($"{Environment(name)} has '{host}', which is not the name of a host.");
            }
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
