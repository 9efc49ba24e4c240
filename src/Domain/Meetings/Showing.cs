using HybridCalendar.Domain.Mailboxes;
using NodaTime;

namespace HybridCalendar.Domain.Meetings;

/// <summary>Who sees a mailbox's meetings, and how they want to see them.</summary>
/// <param name="Kind">
/// A person sees his own calendar; what stands in a room's is seen by whoever passes by.
/// </param>
/// <param name="HidesTentative">Whether what is only tentative is not shown.</param>
public sealed record Audience(MailboxKind Kind, JoinTimes Times, bool HidesTentative = false);

/// <summary>Why a meeting that is shown has no Join button at any time.</summary>
public enum NoButton
{
    /// <summary>It was called off.</summary>
    Cancelled,

    /// <summary>The calendar's owner declined it.</summary>
    Declined,

    /// <summary>The room has not accepted it, and may never do so.</summary>
    NotAccepted,

    /// <summary>Nothing in it says how to join.</summary>
    NoWayToJoin,
}

/// <summary>When a Join button is up.</summary>
/// <param name="Until">When it goes (exclusive).</param>
public sealed record ButtonSpan(Instant From, Instant Until);

/// <summary>What an audience is shown of one occurrence of a meeting, beside its times.</summary>
/// <param name="IsWithheld">Whether title, place and participants are kept from the audience.</param>
/// <param name="Button">When its Join button is up; null when it has none.</param>
/// <param name="NoButton">Why it has none; null when it has one.</param>
public sealed record Showing(bool IsWithheld, ButtonSpan? Button, NoButton? NoButton)
{
    /// <summary>What is shown; null for an occurrence that is not shown at all.</summary>
    /// <remarks>README, "What is shown", is the same as a table.</remarks>
    public static Showing? Of(MeetingFacts facts, MeetingOccurrence occurrence, Audience audience)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(occurrence);
        ArgumentNullException.ThrowIfNull(audience);
        var isRoom = audience.Kind is MailboxKind.Room;
        if ((isRoom && facts.Response is Response.Declined)
            || (audience.HidesTentative && IsTentative(facts, occurrence)))
        {
            return null;
        }

        var isWithheld = IsKept(facts.Sensitivity, audience.Kind);
        return WhyNoButton(facts, occurrence, isRoom) is { } why
            ? new Showing(isWithheld, null, why)
            : new Showing(isWithheld, SpanOf(occurrence, audience.Times), null);
    }

    /// <summary>
    /// Whether title, place and participants are kept from those who see a mailbox's meetings.
    /// </summary>
    public static bool IsKept(Sensitivity sensitivity, MailboxKind kind) =>
        kind is MailboxKind.Room && sensitivity is Sensitivity.Private or Sensitivity.Confidential;

    // Exchange shows as tentative also what was not answered yet.
    private static bool IsTentative(MeetingFacts facts, MeetingOccurrence occurrence) =>
        facts.Response is Response.Tentative || occurrence.ShownAs is ShownAs.Tentative;

    private static NoButton? WhyNoButton(MeetingFacts facts, MeetingOccurrence occurrence, bool isRoom) =>
        occurrence.IsCancelled ? Meetings.NoButton.Cancelled
        : facts.Response is Response.Declined ? Meetings.NoButton.Declined
        : isRoom && facts.Response is Response.None ? Meetings.NoButton.NotAccepted
        : occurrence.JoinTargets.Count == 0 ? Meetings.NoButton.NoWayToJoin
        : null;

    // Before and after its days nobody looks for what is on all day.
    private static ButtonSpan SpanOf(MeetingOccurrence occurrence, JoinTimes times) => occurrence.AllDay
        ? new ButtonSpan(occurrence.Start, occurrence.End)
        : new ButtonSpan(occurrence.Start - times.Lead, occurrence.End + times.Tail);
}
