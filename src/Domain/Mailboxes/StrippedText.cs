namespace HybridCalendar.Domain.Mailboxes;

/// <summary>What a room's mailbox takes out of the invitations that it gets.</summary>
/// <seealso href="https://learn.microsoft.com/powershell/module/exchange/set-calendarprocessing"/>
public enum StrippedText
{
    /// <summary>The text, and with it most ways to join (DeleteComments).</summary>
    Body,

    /// <summary>The title (DeleteSubject).</summary>
    Title,

    /// <summary>The title, in whose place the organizer's name stands (AddOrganizerToSubject).</summary>
    TitleForOrganizer,
}

/// <summary>Tells by their pattern what a room's mailbox takes out of invitations.</summary>
public static class Stripping
{
    /// <summary>With fewer invitations nothing is said: some have no text of their own.</summary>
    public const int InvitationsLeast = 5;

    /// <summary>
    /// Judged are the newest ones: settings change, and older invitations stay as they are.
    /// </summary>
    public const int InvitationsMost = 10;

    /// <summary>What is missing in all of the newest invitations.</summary>
    public static ValueList<StrippedText> Of(IEnumerable<InvitationTexts> invitations)
    {
        InvitationTexts[] newest =
            [.. invitations.OrderByDescending(texts => texts.At).Take(InvitationsMost)];
        return newest.Length < InvitationsLeast ? [] :
        [
            .. newest.Any(texts => texts.HasBody) ? [] : new[] { StrippedText.Body },
            .. newest.All(texts => texts.Title is TitleText.None) ? new[] { StrippedText.Title } : [],
            .. newest.All(texts => texts.Title is TitleText.OrganizersName)
                ? new[] { StrippedText.TitleForOrganizer }
                : [],
        ];
    }
}
