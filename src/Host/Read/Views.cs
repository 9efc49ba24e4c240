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
/// <param name="Location">Of what is withheld the room's own name only.</param>
/// <param name="Withheld">
/// Whether title, place and participants are kept from readers: it is private, and a room's readers are many.
/// </param>
/// <param name="Button">When its Join button is up, or why it has none.</param>
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
    bool Withheld,
    ButtonView Button,
    IReadOnlyList<JoinTargetView> JoinTargets);

/// <summary>When a meeting's Join button is up, or why it has none.</summary>
/// <param name="Until">When it goes (exclusive).</param>
/// <param name="WhyNot">Null when it has one.</param>
public sealed record ButtonView(Instant? From, Instant? Until, NoButton? WhyNot);

/// <summary>A Join button, in the clear.</summary>
/// <param name="MeetingEnd">When the meeting ends (exclusive).</param>
/// <param name="Ends">When the button goes (exclusive).</param>
/// <param name="Withheld">Whether the title is kept from readers.</param>
/// <param name="Organizer">Who invited; null for what somebody noted for himself.</param>
public sealed record JoinButtonView(
    Guid Meeting,
    Instant? OriginalStart,
    Instant Start,
    Instant MeetingEnd,
    Instant Ends,
    bool AllDay,
    bool Withheld,
    string? Title,
    PersonView? Organizer,
    IReadOnlyList<JoinTargetView> Targets);

/// <summary>Opens what is sealed. The only place where sealed text becomes readable again.</summary>
internal static class Views
{
    public static IEnumerable<MeetingView> Open(
        this TextOpener texts, ListedMeeting listed, Window window, Viewer viewer)
    {
        var facts = listed.Facts;
        var organizer = texts.OpenIfAny(facts.Organizer);
        ParticipantView[]? participants = null;
        foreach (var occurrence in facts.OccurrencesIn(window.From, window.To))
        {
            if (Showing.Of(facts, occurrence, viewer.Audience) is not { IsWithheld: var isWithheld } showing)
            {
                continue;
            }

            yield return new MeetingView(
                listed.Id,
                listed.Correlation.Value,
                occurrence.OriginalStart,
                occurrence.Start,
                occurrence.End,
                occurrence.AllDay,
                isWithheld ? null : texts.OpenIfAny(occurrence.Title),
                texts.OpenIfAny(isWithheld ? viewer.NameIn(facts.Participants) : occurrence.Location),
                organizer,
                isWithheld ? [] : participants ??= [.. facts.Participants.Select(texts.Open)],
                facts.Response,
                occurrence.ShownAs,
                facts.Sensitivity,
                occurrence.IsCancelled,
                isWithheld,
                new ButtonView(showing.Button?.From, showing.Button?.Until, showing.NoButton),
                texts.Open(occurrence.JoinTargets));
        }
    }

    public static JoinButtonView Open(this TextOpener texts, JoinButton button) => new(
        button.Meeting,
        button.OriginalStart,
        button.Start,
        button.MeetingEnd,
        button.Ends,
        button.AllDay,
        button.IsWithheld,
        texts.OpenIfAny(button.Title),
        texts.OpenIfAny(button.Organizer),
        texts.Open(button.Targets));

    private static PersonView Open(this TextOpener texts, Person person) =>
        new(texts.Open(person.Address), texts.OpenIfAny(person.Name));

    private static PersonView? OpenIfAny(this TextOpener texts, Person? person) =>
        person is null ? null : texts.Open(person);

    private static IReadOnlyList<JoinTargetView> Open(
        this TextOpener texts, IEnumerable<JoinTarget> targets) =>
        [
            .. targets.Select(t => new JoinTargetView(
                t.Kind,
                t.Provider,
                t.FoundIn,
                t.Rule,
                texts.Open(t.Address),
                texts.OpenIfAny(t.MeetingId),
                texts.OpenIfAny(t.Passcode),
                JoinWords.Why(t))),
        ];

    private static ParticipantView Open(this TextOpener texts, Participant participant)
    {
        var (address, name) = texts.Open(participant.Person);
        return new ParticipantView(address, name, participant.Role, participant.Response);
    }
}
