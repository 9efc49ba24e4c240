using System.Collections.Immutable;
using System.Xml.Linq;
using HybridCalendar.ExchangeLab.Model;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>The properties that clients may write, zones first: times without an offset need them.</summary>
internal static class WritableFields
{
    public static IReadOnlyList<WritableField> All { get; } =
        [.. Zones, .. Texts, .. Times, .. People, .. OfTheMailbox];

    private static IEnumerable<WritableField> Zones =>
    [
        new("calendar:StartTimeZone", (draft, value, _) => WithZone(draft, value.Attr("Id"))),
        // The lab keeps one zone an item.
        new("calendar:EndTimeZone", (draft, value, _) => Check(draft, value.Attr("Id"))),
        new("calendar:MeetingTimeZone", (draft, value, _) =>
            WithZone(draft, value.Attr("TimeZoneName"))),
    ];

    private static IEnumerable<WritableField> Texts =>
    [
        new("item:Subject", (draft, value, _) => WithSubject(draft, value.Value))
        {
            IsOfOccurrences = true,
            Delete = draft => WithSubject(draft, ""),
        },
        new("item:Body", (draft, value, _) => WithBody(draft, value.Value, IsHtml(value)))
        {
            IsOfOccurrences = true,
            Delete = draft => WithBody(draft, "", false),
            Append = (draft, value) => draft.Own is { Body: { } text } own
                ? WithBody(draft, text + value.Value, own.BodyIsHtml)
                : WithBody(draft, draft.Content.Body + value.Value, draft.Content.BodyIsHtml),
        },
        new("calendar:Location", (draft, value, _) => WithLocation(draft, value.Value))
        {
            IsOfOccurrences = true,
            Delete = draft => WithLocation(draft, ""),
        },
        new("calendar:EnhancedLocation", (draft, value, _) =>
            WithLocation(draft, value.Need("DisplayName").Value))
        {
            IsOfOccurrences = true,
        },
    ];

    private static IEnumerable<WritableField> Times =>
    [
        new("calendar:Start", (draft, value, zone) =>
            draft.WithTimes(XmlReading.Time(value.Value.Trim(), zone), draft.End))
        {
            IsOfOccurrences = true,
        },
        new("calendar:End", (draft, value, zone) =>
            draft.WithTimes(draft.Start, XmlReading.Time(value.Value.Trim(), zone)))
        {
            IsOfOccurrences = true,
        },
        new("calendar:IsAllDayEvent", (draft, value, _) =>
            draft with { Content = draft.Content with { AllDay = XmlReading.Flag(value) } }),
        new("calendar:Recurrence", (draft, value, _) => WithRule(draft, RecurrenceReading.Read(value)))
        {
            Delete = draft => WithRule(draft, null),
        },
        new("calendar:LegacyFreeBusyStatus", (draft, value, _) =>
            WithShowAs(draft, XmlReading.Word<ShowAs>(value.Value, "LegacyFreeBusyStatus")))
        {
            IsOfOccurrences = true,
        },
    ];

    private static IEnumerable<WritableField> People =>
    [
        OfPeople("calendar:RequiredAttendees", content => content.Required,
            (content, people) => content with { Required = people }),
        OfPeople("calendar:OptionalAttendees", content => content.Optional,
            (content, people) => content with { Optional = people }),
        OfPeople("calendar:Resources", content => content.Rooms,
            (content, people) => content with { Rooms = people }),
        new("item:Sensitivity", (draft, value, _) => draft with
        {
            Content = draft.Content with
            {
                Sensitivity = XmlReading.Word<Sensitivity>(value.Value, "Sensitivity"),
            },
        }),
        new("calendar:UID", (draft, value, _) => draft with { Uid = value.Value.Trim() }),
    ];

    private static IEnumerable<WritableField> OfTheMailbox =>
    [
        OfDetails("item:Categories", (details, value) =>
            details with { Categories = [.. value.Elements().Select(one => one.Value)] },
            details => details with { Categories = [] }),
        OfDetails("item:Importance", (details, value) => details with { Importance = value.Value.Trim() }),
        OfDetails("item:ReminderIsSet", (details, value) =>
            details with { ReminderIsSet = XmlReading.Flag(value) }),
        OfDetails("item:ReminderMinutesBeforeStart", (details, value) => details with
        {
            ReminderMinutes = XmlReading.Number(
                value.Value, "ReminderMinutesBeforeStart", 0, int.MaxValue),
        }),
        OfDetails("calendar:IsResponseRequested", (details, value) =>
            details with { IsResponseRequested = XmlReading.Flag(value) }),
        OfDetails("calendar:AllowNewTimeProposal", (details, value) =>
            details with { AllowNewTimeProposal = XmlReading.Flag(value) }),
        // There is one kind of calendar item.
        new("item:ItemClass", (draft, _, _) => draft),
    ];

    private static WritableField OfDetails(
        string field,
        Func<ItemDetails, XElement, ItemDetails> set,
        Func<ItemDetails, ItemDetails>? delete = null) =>
        new(field, (draft, value, _) => draft with { Details = set(draft.Details, value) })
        {
            IsOfOccurrences = true,
            Delete = delete is null ? null : draft => draft with { Details = delete(draft.Details) },
        };

    private static WritableField OfPeople(
        string field,
        Func<MeetingContent, ImmutableArray<string>> get,
        Func<MeetingContent, ImmutableArray<string>, MeetingContent> with) =>
        new(field, (draft, value, _) => draft with { Content = with(draft.Content, Addresses(value)) })
        {
            Delete = draft => draft with { Content = with(draft.Content, []) },
            Append = (draft, value) => draft with
            {
                Content = with(draft.Content, [.. get(draft.Content).Concat(Addresses(value))
                    .Distinct(StringComparer.OrdinalIgnoreCase)]),
            },
        };

    private static ImmutableArray<string> Addresses(XElement attendees) =>
    [
        .. attendees.Elements().Select(attendee => attendee.Need("Mailbox").Child("EmailAddress")
            ?.Value.Trim() is { Length: > 0 } address ? address : throw new EwsError(
                "ErrorMissingInformationEmailAddress", "The attendee has no e-mail address."))
            .Distinct(StringComparer.OrdinalIgnoreCase),
    ];

    private static bool IsHtml(XElement body) => body.NeedAttr("BodyType") == "HTML";

    private static ItemDraft WithSubject(ItemDraft draft, string text) => draft.Own is { } own
        ? draft with { Own = own with { Subject = text } }
        : draft with { Content = draft.Content with { Subject = text } };

    private static ItemDraft WithLocation(ItemDraft draft, string text) => draft.Own is { } own
        ? draft with { Own = own with { Location = text } }
        : draft with { Content = draft.Content with { Location = text } };

    /// <summary>The way to join stays known as long as it stands in the text.</summary>
    private static ItemDraft WithBody(ItemDraft draft, string text, bool isHtml)
    {
        string? Join(string? known) =>
            known is not null && text.Contains(known, StringComparison.Ordinal) ? known : null;
        return draft.Own is { } own
            ? draft with
            {
                Own = own with
                {
                    Body = text, BodyIsHtml = isHtml, Join = Join(own.Join ?? draft.Content.Join),
                },
            }
            : draft with
            {
                Content = draft.Content with
                {
                    Body = text, BodyIsHtml = isHtml, Join = Join(draft.Content.Join),
                },
            };
    }

    private static ItemDraft WithShowAs(ItemDraft draft, ShowAs showAs) => draft.Own is { } own
        ? draft with { Own = own with { ShowAs = showAs } }
        : draft with { Content = draft.Content with { ShowAs = showAs } };

    private static ItemDraft WithRule(ItemDraft draft, Recurrence? rule) => draft with
    {
        Content = draft.Content with { Recurrence = rule },
        IsRescheduled = true,
        HasRule = true,
    };

    private static ItemDraft WithZone(ItemDraft draft, string? id)
    {
        Check(draft, id);
        return draft with { Content = draft.Content with { TimeZone = id! } };
    }

    private static ItemDraft Check(ItemDraft draft, string? id) =>
        id is not null && Model.Zones.TryNamed(id) is not null ? draft : throw new EwsError(
            "ErrorCalendarInvalidTimeZone", "The time zone of the calendar item is not valid.");
}
