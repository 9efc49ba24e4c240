using CsCheck;
using HybridCalendar.Domain;
using HybridCalendar.Domain.Joining;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Domain.Time;
using NodaTime;
using static HybridCalendar.Specs.Meetings.Example;

namespace HybridCalendar.Specs.Meetings;

/// <summary>
/// What a calendar may show of a meeting, from few values, so that the same is often shown again.
/// </summary>
internal static class LookGen
{
    private const int OccurrencesMax = 4;
    private const int LooksMax = 12;

    private static readonly Gen<Sealed?> Text =
        Gen.Int[0, 2].Select(n => n == 0 ? null : TestSealer.Seal($"text {n}"));

    private static readonly Gen<Person> Somebody =
        Gen.Select(Gen.Int[1, 2], Text, (n, name) => new Person(TestSealer.Seal($"{n}@example.com"), name));

    private static readonly Gen<ValueList<Participant>> People =
        Gen.Select(Somebody, Gen.Enum<ParticipantRole>(), Gen.Int[0, 1].Select(n => (Response)(n * 3)))
            .Select((person, role, response) => new Participant(person, role, response))
            .Array[0, 2].Select(list => new ValueList<Participant>(list));

    private static readonly Gen<ValueList<JoinTarget>> Targets =
        Gen.Int[1, 2].Select(n => Webex($"{n}")).Array[0, 2].Select(list => new ValueList<JoinTarget>(list));

    private static readonly Gen<When> Spans = Gen.OneOf(
        Gen.Const(Once.When),
        Gen.Const(Once.When with { End = November(23, 12) }),
        Gen.Const(Series.When),
        Gen.Const(Series.When with { Start = November(23, 10), End = November(23, 11) }));

    /// <summary>
    /// Of each of the first days: nothing, that it is changed so or so, or that it is dropped.
    /// </summary>
    private static readonly Gen<(ValueList<ChangedOccurrence>, ValueList<Instant>)> Exceptions =
        Gen.Select(Gen.Int[0, 4], Gen.Bool, Targets).Array[OccurrencesMax].Select(days => (
            new ValueList<ChangedOccurrence>(days.Index()
                .Where(day => day.Item.Item1 is 1 or 2)
                .Select(day => Moved(23 + day.Index, 13 + day.Item.Item1) with
                {
                    IsCancelled = day.Item.Item2,
                    JoinTargets = day.Item.Item3,
                })),
            new ValueList<Instant>(days.Index()
                .Where(day => day.Item.Item1 == 3)
                .Select(day => November(23 + day.Index, 9)))));

    private static readonly Gen<MeetingFacts> Basics =
        Gen.Select(Spans, Text, Text, Somebody.Null(), People, Targets, Gen.Bool).Select(
            (span, title, place, organizer, people, targets, cancelled) => new MeetingFacts
            {
                When = span,
                Title = title,
                Location = place,
                Organizer = organizer,
                Participants = people,
                JoinTargets = targets,
                IsCancelled = cancelled,
            });

    /// <summary>
    /// Everything that is kept of a meeting; exceptions only of a series, by original start.
    /// </summary>
    public static readonly Gen<MeetingFacts> Facts = Gen.Select(
        Basics,
        Exceptions,
        Gen.Int[0, 1].Select(n => (Response)(n * 4)),
        Gen.Int[0, 1].Select(n => (ShownAs)n),
        Gen.Int[0, 1].Select(n => (Sensitivity)n)).Select(
            (basics, exceptions, response, shownAs, sensitivity) => basics with
            {
                Response = response,
                ShownAs = shownAs,
                Sensitivity = sensitivity,
                ChangedOccurrences = basics.When.Recurrence is null ? [] : exceptions.Item1,
                DroppedOccurrences = basics.When.Recurrence is null ? [] : exceptions.Item2,
            });

    /// <summary>Looks at a calendar in the order in which they were taken, a minute apart.</summary>
    /// <remarks>Few calendars an example: often a look shows what an earlier one showed.</remarks>
    public static readonly Gen<IReadOnlyList<MeetingLook>> Looks =
        from calendars in Facts.Array[1, 3]
        from shown in Gen.Int[-1, calendars.Length - 1].Array[1, LooksMax]
        select (IReadOnlyList<MeetingLook>)
            [.. shown.Select((which, minute) => Of(which < 0 ? null : calendars[which], minute))];

    private static MeetingLook Of(MeetingFacts? facts, int minute) =>
        facts is null ? Gone(minute) : Seen(minute, facts);
}
