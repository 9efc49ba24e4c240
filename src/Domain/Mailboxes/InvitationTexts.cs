using HybridCalendar.Domain.Joining;
using NodaTime;

namespace HybridCalendar.Domain.Mailboxes;

/// <summary>What stands where an invitation has its title.</summary>
public enum TitleText
{
    None,

    /// <summary>The name of who invited, alone or before something else.</summary>
    OrganizersName,
    Other,
}

/// <summary>Which texts an invitation has in somebody's calendar. It holds nothing of them.</summary>
/// <param name="At">When Exchange changed the item last; null when it did not say.</param>
/// <param name="HasBody">Whether there is anything to read in its body.</param>
public sealed record InvitationTexts(Instant? At, bool HasBody, TitleText Title)
{
    /// <summary>Characters of the longest HTML in which there may be nothing to read.</summary>
    private const int BlankHtmlMost = 4096;

    /// <param name="organizersName">As who invited is shown; null where that is not known.</param>
    public static InvitationTexts Of(
        Instant? at, string? body, BodyFormat format, string? title, string? organizersName) =>
        new(at, HasText(body ?? "", format), TitleOf(title ?? "", organizersName ?? ""));

    private static bool HasText(string body, BodyFormat format) =>
        body.Length > BlankHtmlMost
        || !string.IsNullOrWhiteSpace(format is BodyFormat.Html ? HtmlText.Flatten(body) : body);

    private static TitleText TitleOf(string title, string organizersName) =>
        string.IsNullOrWhiteSpace(title) ? TitleText.None
        : !string.IsNullOrWhiteSpace(organizersName)
            && title.StartsWith(organizersName, StringComparison.OrdinalIgnoreCase) ? TitleText.OrganizersName
        : TitleText.Other;
}
