using HybridCalendar.Adapters.Keys;
using HybridCalendar.Domain.Joining;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Projections;
using NodaTime;

namespace HybridCalendar.Host.Read;

/// <summary>A person, in the clear.</summary>
public sealed record PersonView(string Address, string? Name);

/// <summary>Somebody who is invited, in the clear.</summary>
public sealed record ParticipantView(string Address, string? Name, ParticipantRole Role, Response Response);

/// <summary>A way to join, in the clear; the best comes first.</summary>
/// <param name="Rule">The rule that found it: why this is a way to join.</param>
/// <param name="MeetingId">At the provider; null where there is none.</param>
/// <param name="Passcode">What the provider asks for on joining; null where there is none.</param>
/// <param name="Why">In words: where it was found, by which rule, and what puts it before the next.</param>
public sealed record JoinTargetView(
    JoinKind Kind,
    string Provider,
    FoundIn FoundIn,
    string Rule,
    string Address,
    string? MeetingId,
    string? Passcode,
    string Why);

/// <summary>A meeting, or one occurrence of a series, in the clear.</summary>
/// <param name="Id">The meeting; all occurrences of a series share it.</param>
/// <param name="Correlation">Shared by the copies of the meeting in all mailboxes.</param>
/// <param name="OriginalStart">Where the series' pattern puts the occurrence;
/// null for a single meeting.</param>
/// <param name="End">Exclusive.</param>
public sealed record MeetingView(
    Guid Id,
    Guid Correlation,
    Instant? OriginalStart,
    Instant Start,
    Instant End,
    bool AllDay,
    string? Title,
    string? Location,
    PersonView? Organizer,
    IReadOnlyList<ParticipantView> Participants,
    Response Response,
    ShownAs ShownAs,
    Sensitivity Sensitivity,
    bool Cancelled,
    IReadOnlyList<JoinTargetView> JoinTargets);

/// <summary>A Join button, in the clear.</summary>
/// <param name="Ends">When it goes (exclusive).</param>
public sealed record JoinButtonView(
    Guid Meeting,
    Instant? OriginalStart,
    Instant Start,
    Instant Ends,
    string? Title,
    IReadOnlyList<JoinTargetView> Targets);

/// <summary>Opens what is sealed. The only place where sealed text becomes readable again.</summary>
internal static class Views
{
    public static IEnumerable<MeetingView> Open(this MailboxSeal seal, ListedMeeting listed, Window window)
    {
        var facts = listed.Facts;
        var organizer = facts.Organizer is { } person ? seal.Open(person) : null;
        ParticipantView[] participants = [.. facts.Participants.Select(seal.Open)];
        return facts.OccurrencesIn(window.From, window.To).Select(occurrence => new MeetingView(
            listed.Id,
            listed.Correlation.Value,
            occurrence.OriginalStart,
            occurrence.Start,
            occurrence.End,
            occurrence.AllDay,
            seal.OpenIfAny(occurrence.Title),
            seal.OpenIfAny(occurrence.Location),
            organizer,
            participants,
            facts.Response,
            occurrence.ShownAs,
            facts.Sensitivity,
            occurrence.IsCancelled,
            seal.Open(occurrence.JoinTargets)));
    }

    public static JoinButtonView Open(this MailboxSeal seal, JoinButton button) => new(
        button.Meeting,
        button.OriginalStart,
        button.Start,
        button.Ends,
        seal.OpenIfAny(button.Title),
        seal.Open(button.Targets));

    public static PersonView Open(this MailboxSeal seal, Person person) =>
        new(seal.Open(person.Address), seal.OpenIfAny(person.Name));

    public static string? OpenIfAny(this MailboxSeal seal, Domain.Sealed? text) =>
        text is null ? null : seal.Open(text);

    private static IReadOnlyList<JoinTargetView> Open(
        this MailboxSeal seal, IEnumerable<JoinTarget> targets) =>
        [
            .. targets.Select(t => new JoinTargetView(
                t.Kind,
                t.Provider,
                t.FoundIn,
                t.Rule,
                seal.Open(t.Address),
                seal.OpenIfAny(t.MeetingId),
                seal.OpenIfAny(t.Passcode),
                JoinWords.Why(t))),
        ];

    private static ParticipantView Open(this MailboxSeal seal, Participant participant)
    {
        var (address, name) = seal.Open(participant.Person);
        return new ParticipantView(address, name, participant.Role, participant.Response);
    }
}
