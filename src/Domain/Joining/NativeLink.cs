namespace HybridCalendar.Domain.Joining;

/// <summary>Links for a provider's own program, told as the web link of the same meeting.</summary>
/// <remarks>
/// A web link can be opened by everybody, and leads to the program where that is installed.
/// </remarks>
internal static class NativeLink
{
    private const string Zoom = "zoommtg:";
    private const string ZoomUs = "zoomus:";
    private const string Teams = "msteams:";

    public static string[] Schemes { get; } = [Zoom, ZoomUs, Teams];

    /// <summary>The web link; null when the text is none of these.</summary>
    public static Link? Parse(string text)
    {
        if (text.StartsWith(Teams, StringComparison.OrdinalIgnoreCase))
        {
            var path = text[Teams.Length..];
            return Link.Parse(path.StartsWith("//", StringComparison.Ordinal)
                ? $"https:{path}"
                : $"https://teams.microsoft.com/{path.TrimStart('/')}");
        }

        var scheme = text.StartsWith(Zoom, StringComparison.OrdinalIgnoreCase) ? Zoom
            : text.StartsWith(ZoomUs, StringComparison.OrdinalIgnoreCase) ? ZoomUs
            : null;
        if (scheme is null
            || Link.Parse($"https:{text[scheme.Length..]}") is not { Segments: ["join"] } native
            || native.Parameter("confno") is not { Length: > 0 } written)
        {
            return null;
        }

        // What some calendars append to any link is not part of the number.
        var number = written.Split('?')[0];

        var passcode = native.Parameter("pwd") is { Length: > 0 } pwd
            ? $"?pwd={Uri.EscapeDataString(pwd)}"
            : "";
        return Link.Parse($"https://{native.Host}/j/{Uri.EscapeDataString(number)}{passcode}");
    }
}
