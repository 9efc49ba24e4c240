using System.Globalization;
using HybridCalendar.Domain.Joining.Providers;
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
