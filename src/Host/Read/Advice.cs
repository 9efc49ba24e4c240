using System.Diagnostics;
using HybridCalendar.Domain.Mailboxes;

namespace HybridCalendar.Host.Read;

/// <summary>What an administrator of Exchange can do, in words.</summary>
/// <seealso href="https://learn.microsoft.com/powershell/module/exchange/set-calendarprocessing"/>
internal static class Advice
{
    /// <summary>About a room that takes texts out of invitations; null when it takes none.</summary>
    public static string? On(IReadOnlyList<StrippedText> stripped) => stripped.Count == 0
        ? null
        : $"The room takes {string.Join(" and ", stripped.Select(Words))} out of the invitations that it "
            + "gets. In the Exchange Management Shell: Set-CalendarProcessing -Identity ROOM "
            + "-DeleteComments $false -DeleteSubject $false -AddOrganizerToSubject $false "
            + "-RemovePrivateProperty $false. The last keeps private what is private, so that its title is "
            + "not shown to everybody. Only invitations that arrive from then on keep their texts.";

    private static string Words(StrippedText text) => text switch
    {
        StrippedText.Body => "the text, where most ways to join stand,",
        StrippedText.Title => "the title",
        StrippedText.TitleForOrganizer => "the title, in whose place it puts the organizer's name,",
        _ => throw new UnreachableException($"{text} has no words"),
    };
}
