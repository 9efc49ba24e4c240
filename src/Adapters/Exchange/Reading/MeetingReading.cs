using HybridCalendar.Adapters.Keys;
using HybridCalendar.Domain;
using HybridCalendar.Domain.Joining;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Domain.Time;
using NodaTime;

namespace HybridCalendar.Adapters.Exchange.Reading;

/// <summary>Finds the ways to join in an invitation.</summary>
internal delegate IReadOnlyList<FoundTarget> FindTargets(Invitation invitation);

/// <summary>
/// Understands calendar items of one mailbox, and seals their texts. The invitation's text is not kept.
/// </summary>
/// <param name="findTargets">How ways to join are found.</param>
/// <param name="knowsZone">
/// Whether the time zone with this id is known; series in others cannot be expanded.
/// </param>
internal sealed class MeetingReading(MailboxSeal seal, FindTargets findTargets, Func<string, bool> knowsZone)
{
    private const string Utc = "UTC";

    /// <summary>Finds the ways to join, and lets go of the text: many long ones wait together.</summary>
    internal void Digest(RawItem item)
    {
        item.Targets = findTargets(InvitationOf(item));
        item.Body = null;
    }

    /// <summary>The item as a meeting, or what is wrong with it.</summary>
    /// <param name="itemId">The id by which the item was asked for.</param>
    /// <param name="changed">Its changed occurrences, as they were read.</param>
    internal ItemRead Read(string itemId, RawItem item, IReadOnlyList<ChangedOccurrence> changed)
    {
        var when = When(item);
        if (when is not Understood<When>.Value { Content: var span })
        {
            return new ItemRead.Unreadable(itemId, when.Problem);
        }

        var dropped = item.Deleted.ConvertAll(RawValues.Time);
        if (dropped.Contains(null))
        {
            return new ItemRead.Unreadable(itemId, "DeletedOccurrences: a Start is missing or unreadable");
        }

        var facts = new MeetingFacts
        {
            When = span,
            Title = seal.SealIfAny(item.Subject),
            Location = seal.SealIfAny(item.Location),
            Organizer = Organizer(item),
            Participants = [.. item.Attendees.OrderBy(attendee => attendee.Role).Select(Participant)],
            Response = ResponseOf(item.MyResponse),
            ShownAs = ShownAsOf(item.FreeBusy),
            Sensitivity = SensitivityOf(item.Sensitivity),
            JoinTargets = Targets(item),
            ChangedOccurrences = [.. changed.DistinctBy(o => o.OriginalStart).OrderBy(o => o.OriginalStart)],
            DroppedOccurrences = [.. dropped.OfType<Instant>().Distinct().Order()],
            IsCancelled = RawValues.Flag(item.IsCancelled) ?? false,
        };
        var changedAt = RawValues.Time(item.LastModifiedTime);
        return new ItemRead.Meeting(itemId, GlobalId(itemId, item), item.ChangeKey ?? "", changedAt, facts);
    }

    /// <summary>An occurrence of which is known only what its series says: its time.</summary>
    /// <param name="series">Of which it has everything else.</param>
    internal Understood<ChangedOccurrence> ReadOccurrence(RawOccurrence occurrence, RawItem series) =>
        ReadOccurrence(occurrence.OriginalStart, Span(occurrence.Start, occurrence.End), series);

    /// <summary>The item as an occurrence that differs from its series, or what is wrong with it.</summary>
    /// <param name="originalStart">As the series has it.</param>
    internal Understood<ChangedOccurrence> ReadOccurrence(string originalStart, RawItem item) =>
        ReadOccurrence(originalStart, Span(item.Start, item.End), item);

    private Understood<ChangedOccurrence> ReadOccurrence(
        string originalStart, Understood<(Instant Start, Instant End)> when, RawItem item)
    {
        if (RawValues.Time(originalStart) is not { } original)
        {
            return new Understood<ChangedOccurrence>.Wrong(
                "ModifiedOccurrences: OriginalStart is missing or unreadable");
        }

        if (when is not Understood<(Instant Start, Instant End)>.Value { Content: var span })
        {
            return new Understood<ChangedOccurrence>.Wrong(
                "ModifiedOccurrences: an occurrence has no readable Start and End");
        }

        return new ChangedOccurrence(
            original,
            span.Start,
            span.End,
            RawValues.Flag(item.AllDay) ?? false,
            seal.SealIfAny(item.Subject),
            seal.SealIfAny(item.Location),
            ShownAsOf(item.FreeBusy),
            RawValues.Flag(item.IsCancelled) ?? false,
            Targets(item));
    }

    private static string GlobalId(string itemId, RawItem item) =>
        RawValues.Hex(item.CleanGlobalObjectId) ?? (item.Uid is { Length: > 0 } uid ? uid : itemId);

    private Understood<When> When(RawItem item)
    {
        var read = Span(item.Start, item.End);
        if (read is not Understood<(Instant Start, Instant End)>.Value { Content: var span })
        {
            return new Understood<When>.Wrong(read.Problem);
        }

        var single = new When
        {
            Start = span.Start,
            End = span.End,
            Zone = Zone(item),
            AllDay = RawValues.Flag(item.AllDay) ?? false,
        };
        if (item.Recurrence is null)
        {
            return item.Type == "RecurringMaster"
                ? new Understood<When>.Wrong("Recurrence: missing in a series")
                : single;
        }

        return RecurrenceReading.Read(item.Recurrence) switch
        {
            Understood<Recurrence>.Wrong wrong => new Understood<When>.Wrong(wrong.Problem),
            _ when !knowsZone(single.Zone) =>
                new Understood<When>.Wrong("StartTimeZone: not a known time zone, in a series"),
            Understood<Recurrence>.Value recurrence => single with { Recurrence = recurrence.Content },
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static Understood<(Instant Start, Instant End)> Span(string? from, string? to) =>
        (RawValues.Time(from), RawValues.Time(to)) switch
        {
            (null, _) => new Understood<(Instant, Instant)>.Wrong("Start: missing or unreadable"),
            (_, null) => new Understood<(Instant, Instant)>.Wrong("End: missing or unreadable"),
            ({ } start, { } end) when SpanLimits.Problem(start, end) is { } problem =>
                new Understood<(Instant, Instant)>.Wrong(problem),
            ({ } start, { } end) => (start, end),
        };

    // Other clients write no id but a name, and names that are ids: the first that is known, or else given.
    private string Zone(RawItem item)
    {
        string[] given =
            [.. new[] { item.ZoneId, item.ZoneName }.OfType<string>().Where(id => id.Length > 0)];
        return given.FirstOrDefault(knowsZone) ?? given.FirstOrDefault() ?? Utc;
    }

    // Exchange names the owner as the organizer of what he noted for himself.
    private Person? Organizer(RawItem item) =>
        RawValues.Flag(item.IsMeeting) == false && item.Attendees.Count == 0 ? null
        : item.Organizer is { } organizer ? Person(organizer)
        : null;

    private Participant Participant(RawAttendee attendee) =>
        new(Person(attendee.Person), attendee.Role, ResponseOf(attendee.Response));

    // Kept as Exchange gives it: an SMTP address, or an old routing address (EX), or none for somebody
    // without one.
    private Person Person(RawPerson person) => new(seal.Seal(person.Address), seal.SealIfAny(person.Name));

    private ValueList<JoinTarget> Targets(RawItem item) =>
    [
        .. (item.Targets ?? findTargets(InvitationOf(item))).Select(found =>
            new JoinTarget(found.Kind, found.Provider, found.FoundIn, found.Rule, seal.Seal(found.Address))
            {
                MeetingId = seal.SealIfAny(found.MeetingId),
                Passcode = seal.SealIfAny(found.Passcode),
                Ahead = found.Ahead,
            }),
    ];

    private static Invitation InvitationOf(RawItem item) => new()
    {
        Location = item.Location,
        Body = item.Body,
        BodyFormat = item.BodyFormat,
        People =
        [
            .. item.Attendees.Select(attendee => attendee.Person.Address),
            .. item.Organizer is { } organizer ? [organizer.Address] : Array.Empty<string>(),
        ],
    };

    private static ShownAs ShownAsOf(string? value) => value switch
    {
        "Free" => ShownAs.Free,
        "Tentative" => ShownAs.Tentative,
        "Busy" => ShownAs.Busy,
        "OOF" => ShownAs.OutOfOffice,
        "WorkingElsewhere" => ShownAs.WorkingElsewhere,
        _ => ShownAs.NoData,
    };

    private static Sensitivity SensitivityOf(string? value) => value switch
    {
        "Personal" => Sensitivity.Personal,
        "Private" => Sensitivity.Private,
        "Confidential" => Sensitivity.Confidential,
        _ => Sensitivity.Normal,
    };

    private static Response ResponseOf(string? value) => value switch
    {
        "Organizer" => Response.Organizer,
        "Tentative" => Response.Tentative,
        "Accept" => Response.Accepted,
        "Decline" => Response.Declined,
        "NoResponseReceived" => Response.None,
        _ => Response.Unknown,
    };
}
