using System.Collections.Immutable;

namespace HybridCalendar.ExchangeLab.Model;

/// <summary>
/// What a room's mailbox does by itself with the invitations that it gets. As they come unless said
/// otherwise, while Exchange takes body, subject and the private flag out of them.
/// </summary>
/// <seealso href="https://learn.microsoft.com/powershell/module/exchange/set-calendarprocessing"/>
public sealed record RoomProcessing
{
    /// <summary>
    /// Accept (AutoAccept with a free room), Decline (the same with a room that is taken; nothing gets into
    /// the calendar), Tentative (TentativePendingApproval) or NoResponseReceived (AutoUpdate).
    /// </summary>
    public Response Answer { get; init; } = Response.Accept;

    public bool DeleteComments { get; init; }

    public bool DeleteSubject { get; init; }

    public bool AddOrganizerToSubject { get; init; }

    public bool RemovePrivateProperty { get; init; }

    public bool IsPossible =>
        Answer is Response.Accept or Response.Decline or Response.Tentative or Response.NoResponseReceived;

    /// <summary>What the room keeps of an invitation.</summary>
    public MeetingContent Apply(MeetingContent sent, string organizersName) => sent with
    {
        Subject = SubjectOf(sent.Subject, organizersName),
        Body = DeleteComments ? "" : sent.Body,
        Join = JoinOf(sent.Join, sent.Location),
        Sensitivity = RemovePrivateProperty && sent.Sensitivity == Sensitivity.Private
            ? Sensitivity.Normal
            : sent.Sensitivity,
        Changed = sent.Changed.ToImmutableSortedDictionary(change => change.Key, change => change.Value with
        {
            Subject = change.Value.Subject is { } own ? SubjectOf(own, organizersName) : null,
            Body = DeleteComments ? null : change.Value.Body,
            Join = JoinOf(change.Value.Join, change.Value.Location ?? sent.Location),
        }),
    };

    // The organizer's name takes the place of the subject.
    private string SubjectOf(string sent, string organizersName) =>
        AddOrganizerToSubject ? organizersName : DeleteSubject ? "" : sent;

    // What only the body said is gone with it.
    private string? JoinOf(string? sent, string location) =>
        DeleteComments && sent is { } && !location.Contains(sent, StringComparison.Ordinal) ? null : sent;
}
