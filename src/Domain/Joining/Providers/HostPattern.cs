namespace HybridCalendar.Domain.Joining.Providers;

/// <summary>Which hosts a rule is about, in lower case.</summary>
/// <remarks>
/// "example.com" that host; "*.example.com" any host below it, but not it itself; "meet.*" any host whose
/// first label is meet; "cms*.*" any host whose first label begins so; "*" any host.
/// </remarks>
internal sealed record HostPattern
{
    private readonly string text;
    private readonly Form form;

    private HostPattern(string text, Form form) => (this.text, this.form) = (text, form);

    private enum Form
    {
        Exact,
        Below,
        FirstLabel,
        FirstLabelBegins,
        Any,
    }

    /// <summary>The host under which the rule is looked up; null when hosts of any name may match.</summary>
    public string? Domain => form is Form.Exact or Form.Below ? text : null;

    /// <summary>The pattern; null when the text is none.</summary>
    public static HostPattern? Parse(string text) => text switch
    {
        "*" => new HostPattern("", Form.Any),
        ['*', '.', .. var below] when IsName(below) => new HostPattern(below, Form.Below),
        [.. var label, '*', '.', '*'] when IsName(label) => new HostPattern(label, Form.FirstLabelBegins),
        [.. var label, '.', '*'] when IsName(label) => new HostPattern(label + ".", Form.FirstLabel),
        _ when IsName(text) && text.Contains('.', StringComparison.Ordinal) =>
            new HostPattern(text, Form.Exact),
        _ => null,
    };

    public bool Matches(string host) => form switch
    {
        Form.Exact => host == text,
        Form.Below => host.Length > text.Length + 1
            && host.EndsWith(text, StringComparison.Ordinal)
            && host[^(text.Length + 1)] == '.',
        Form.FirstLabel => host.StartsWith(text, StringComparison.Ordinal)
            && host.AsSpan(text.Length).Contains('.'),
        Form.FirstLabelBegins => host.StartsWith(text, StringComparison.Ordinal) && host.Contains('.'),
        _ => true,
    };

    private static bool IsName(string text) =>
        text.Length > 0
        && text[0] != '.'
        && text[^1] != '.'
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.');
}
