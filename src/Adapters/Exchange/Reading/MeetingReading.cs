using HybridCalendar.Adapters.Keys;
using HybridCalendar.Domain;
using HybridCalendar.Domain.Joining;
using HybridCalendar.Domain.Mailboxes;
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
internal sealed class MeetingReading(MailboxSeal seal, FindTargets findTargets)
{
    /// <summary>Finds the ways to join, and lets go of the text: many long ones wait together.</summary>
    internal void Digest(RawItem item)
    {
        item.Texts = TextsOf(item);
        item.Targets = findTargets(InvitationOf(item));
        item.Body = null;
    }

    /// <summary>The item as a meeting, or what is wrong with it.</summary>
    /// <param name="itemId">The id by which the item was asked for.</param>
    /// <param name="changed">Its changed occurrences, as they were read.</param>
    /// <param name="owners">The rules of the zone in which the mailbox's owner works, where known.</param>
    internal ItemRead Read(
        string itemId,
        RawItem item,
        IReadOnlyList<ChangedOccurrence> changed,
        ZoneDefinition? owners = null)
    {
        var times = new ItemTimes(item, owners);
        var when = times.When();
        if (when is not Understood<When>.Value { Content: var span })
        {
            return new ItemRead.Unreadable(itemId, when.Problem);
        }

        var dropped = item.Deleted.ConvertAll(times.Start);
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
            ShownAs = FreeBusyReader.ShownAs(item.FreeBusy),
            Sensitivity = SensitivityOf(item.Sensitivity),
            JoinTargets = Targets(item),
            ChangedOccurrences = [.. changed.DistinctBy(o => o.OriginalStart).OrderBy(o => o.OriginalStart)],
            DroppedOccurrences = [.. dropped.OfType<Instant>().Distinct().Order()],
            IsCancelled = RawValues.Flag(item.IsCancelled) ?? false,
        };
        var changedAt = RawValues.Time(item.LastModifiedTime);
        return new ItemRead.Meeting(itemId, GlobalId(itemId, item), item.ChangeKey ?? "", changedAt, facts)
        {
            Texts = facts is { Organizer: not null, IsCancelled: false, Response: not Response.Organizer }
                ? item.Texts ?? TextsOf(item)
                : null,
        };
    }

    /// <summary>A changed occurrence of a series, or what is wrong with it.</summary>
    /// <param name="occurrence">As the series mentions it.</param>
    /// <param name="item">
    /// Its own item; null when its time is all that is known, and everything else as in the series.
    /// </param>
    /// <param name="owners">The rules of the zone in which the mailbox's owner works, where known.</param>
    internal Understood<ChangedOccurrence> ReadOccurrence(
        RawOccurrence occurrence, RawItem series, RawItem? item, ZoneDefinition? owners = null)
    {
        var times = new ItemTimes(series, owners);
        if (times.Start(occurrence.OriginalStart) is not { } original)
        {
            return new Understood<ChangedOccurrence>.Wrong(
                "ModifiedOccurrences: OriginalStart is missing or unreadable");
        }

        var (start, end) = item is null ? (occurrence.Start, occurrence.End) : (item.Start, item.End);
        if (times.Span(start, end)
            is not Understood<(Instant Start, Instant End)>.Value { Content: var span })
        {
            return new Understood<ChangedOccurrence>.Wrong(
                "ModifiedOccurrences: an occurrence has no readable Start and End");
        }

        item ??= series;
        return new ChangedOccurrence(
            original,
            span.Start,
            span.End,
            RawValues.Flag(item.AllDay) ?? false,
            seal.SealIfAny(item.Subject),
            seal.SealIfAny(item.Location),
            FreeBusyReader.ShownAs(item.FreeBusy),
            RawValues.Flag(item.IsCancelled) ?? false,
            Targets(item));
    }

    /// <summary>What the item's copies in all calendars share.</summary>
    internal static string GlobalId(string itemId, RawItem item) =>
        RawValues.Hex(item.CleanGlobalObjectId) ?? (item.Uid is { Length: > 0 } uid ? uid : itemId);

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

    private static InvitationTexts TextsOf(RawItem item) => InvitationTexts.Of(
        RawValues.Time(item.LastModifiedTime),
        item.Body,
        item.BodyFormat,
        item.Subject,
        item.Organizer?.Name);

    private static Invitation InvitationOf(RawItem item) => new()
    {
        OnlineMeeting = OnlineMeetingProperties.Of(item),
        Location = item.Location,
        Body = item.Body,
        BodyFormat = item.BodyFormat,
        People =
        [
            .. item.Attendees.Select(attendee => attendee.Person.Address),
            .. item.Organizer is { } organizer ? [organizer.Address] : Array.Empty<string>(),
        ],
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
