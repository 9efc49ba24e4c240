using HybridCalendar.Domain.Meetings;
using HybridCalendar.Host.Read;
using NodaTime;

namespace HybridCalendar.EndToEnd.Service;

/// <summary>
/// Holds the read models, as the service's callers see them,
/// against the calendars as the lab's people see them.
/// </summary>
/// <param name="except">A mailbox that is not looked at.</param>
/// <remarks>Every line is written as text on both sides, so that a difference reads as one.</remarks>
internal sealed class Oracle(World world, string? except = null)
{
    private const int DaysBefore = 21;
    private const int DaysAfter = 49;
    private const string Room = "room";
    private static readonly Duration Lead = Duration.FromMinutes(5);
    private static readonly Duration Step = Duration.FromHours(31) + Duration.FromMinutes(26);

    private readonly Instant now = SystemClock.Instance.GetCurrentInstant();

    private Instant From => now - Duration.FromDays(DaysBefore);

    private Instant To => now + Duration.FromDays(DaysAfter);

    /// <summary>
    /// The first difference in any read model of any mailbox; null when all is as it should be.
    /// </summary>
    public async Task<string?> Difference()
    {
        var ids = (await world.Service.Mailboxes())
            .ToDictionary(mailbox => mailbox.Address, mailbox => mailbox.Id);
        foreach (var (address, _, kind) in world.Mailboxes.Where(mailbox => mailbox.Address != except))
        {
            if (!ids.TryGetValue(address, out var id))
            {
                return $"{address} is not listed";
            }

            var isRoom = kind == Room;
            var calendar = await world.Lab.Calendar(address, From, To);
            LabLine[] lines = [.. calendar.Where(line => !isRoom || !IsDeclined(line))];
            if (await MeetingList(address, id, lines, isRoom) is { } wrong)
            {
                return wrong;
            }

            if (await JoinSchedule(address, id, lines, isRoom) is { } wrongButton)
            {
                return wrongButton;
            }

            if (await Presence(address, id) is { } wrongPresence)
            {
                return wrongPresence;
            }
        }

        return null;
    }

    private static string? Compare(string what, IEnumerable<string> expected, IEnumerable<string> actual)
    {
        string[] missing = [.. expected];
        string[] surplus = [.. actual];
        var (onlyExpected, onlyActual) = (Rest(missing, surplus), Rest(surplus, missing));
        return onlyExpected.Length + onlyActual.Length == 0
            ? null
            : $"{what}: {onlyExpected.Length} missing, {onlyActual.Length} surplus.\n"
                + $"missing: {onlyExpected.FirstOrDefault()}\nsurplus: {onlyActual.FirstOrDefault()}";
    }

    // What is in the one more often than in the other.
    private static string[] Rest(string[] these, string[] those)
    {
        var counts = those.CountBy(line => line).ToDictionary();
        return
        [
            .. these.Where(line =>
            {
                var left = counts.GetValueOrDefault(line);
                counts[line] = left - 1;
                return left <= 0;
            }).Order(StringComparer.Ordinal),
        ];
    }

    private async Task<string?> MeetingList(
        string address, Guid id, IReadOnlyList<LabLine> lines, bool isRoom)
    {
        var shown = await world.Service.Meetings(id, From, To);
        var names = (await world.Lab.Mailboxes()).ToDictionary(mailbox => mailbox.Address, m => m.Name);
        return Compare(
            $"meeting list of {address}",
            lines.Select(line => Text(
                isRoom && IsPrivate(line) ? Withheld(line, address, names[address]) : line,
                IsMeeting(line))),
            shown.Meetings.Select(Text));
    }

    // Readers of a room's calendar see when it is taken and who booked it.
    private static LabLine Withheld(LabLine line, string address, string name) => line with
    {
        Subject = null,
        Location = line.Required.Concat(line.Optional).Concat(line.Resources).Contains(address) ? name : null,
        Required = [],
        Optional = [],
        Resources = [],
    };

    private static bool IsPrivate(LabLine line) =>
        line.Sensitivity.ToUpperInvariant() is "PRIVATE" or "CONFIDENTIAL";

    private static bool IsDeclined(LabLine line) => ResponseOf(line.MyResponse) is Response.Declined;

    private async Task<string?> JoinSchedule(
        string address, Guid id, IReadOnlyList<LabLine> lines, bool isRoom)
    {
        for (var at = From + Duration.FromDays(1); at < To - Duration.FromDays(2); at += Step)
        {
            var up = lines
                .Where(line => line.Join is { } && !line.Cancelled && !IsDeclined(line))
                .Where(line => !isRoom || ResponseOf(line.MyResponse) is not Response.None)
                .Where(line => line.Start - (line.AllDay ? Duration.Zero : Lead) <= at && at < line.End)
                .OrderBy(line => line.AllDay)
                .ThenBy(line => at < line.Start)
                .ThenBy(line => line.Start)
                .Select(line => (Line: line, Title: isRoom && IsPrivate(line) ? null : line.Subject))
                .Select(each =>
                    (each.Line, Text: $"{each.Line.Start} {each.Line.End} {each.Title} {each.Line.Join}"))
                .ToArray();
            var shown = await world.Service.JoinSchedule(id, at);
            var buttons = shown.Buttons.Select(b => $"{b.Start} {b.Ends} {b.Title} {b.Targets[0].Address}");
            if (Compare($"join schedule of {address} at {at}", up.Select(each => each.Text), buttons)
                is { } wrong)
            {
                return wrong;
            }

            if (!shown.Buttons.Select(b => b.Start).SequenceEqual(up.Select(each => each.Line.Start)))
            {
                return $"the order of the join schedule of {address} at {at}";
            }
        }

        return null;
    }

    private async Task<string?> Presence(string address, Guid id)
    {
        var replies = await world.Lab.Replies(address);
        foreach (var at in new[] { now, now + Duration.FromDays(3), now + Duration.FromDays(20) })
        {
            var away = replies.State.ToUpperInvariant() switch
            {
                "ENABLED" => true,
                "SCHEDULED" => replies.Start <= at && at < replies.End,
                _ => false,
            };
            var shown = await world.Service.Presence(id, at);
            if (shown.OutOfOffice != away)
            {
                return $"presence of {address} at {at}: away should be {away}, "
                    + $"automatic replies are {replies}";
            }
        }

        return null;
    }

    private static string Text(LabLine line, bool isMeeting) => string.Join(
        " | ",
        line.Start,
        line.End,
        line.OriginalStart,
        line.AllDay,
        line.Subject,
        line.Location is { Length: > 0 } location ? location : null,
        isMeeting ? line.Organizer : null,
        string.Join(",", line.Required),
        string.Join(",", line.Optional),
        string.Join(",", line.Resources),
        ShownAsOf(line.ShowAs),
        Enum.Parse<Sensitivity>(line.Sensitivity, ignoreCase: true),
        ResponseOf(line.MyResponse),
        line.Cancelled,
        line.Join);

    // Exchange names the owner as the organizer of what he noted for himself; the meeting list names none.
    private static bool IsMeeting(LabLine line) =>
        line.Required.Length + line.Optional.Length + line.Resources.Length > 0;

    private static string Text(MeetingView meeting) => string.Join(
        " | ",
        meeting.Start,
        meeting.End,
        meeting.OriginalStart,
        meeting.AllDay,
        meeting.Title,
        meeting.Location,
        meeting.Organizer?.Address,
        Addresses(meeting, ParticipantRole.Required),
        Addresses(meeting, ParticipantRole.Optional),
        Addresses(meeting, ParticipantRole.Resource),
        meeting.ShownAs,
        meeting.Sensitivity,
        meeting.Response,
        meeting.Cancelled,
        meeting.JoinTargets.FirstOrDefault()?.Address);

    private static string Addresses(MeetingView meeting, ParticipantRole role) =>
        string.Join(",", meeting.Participants.Where(p => p.Role == role).Select(p => p.Address));

    private static ShownAs ShownAsOf(string showAs) => showAs.ToUpperInvariant() switch
    {
        "OOF" => ShownAs.OutOfOffice,
        _ => Enum.Parse<ShownAs>(showAs, ignoreCase: true),
    };

    private static Response ResponseOf(string response) => response.ToUpperInvariant() switch
    {
        "ACCEPT" => Response.Accepted,
        "DECLINE" => Response.Declined,
        "NORESPONSERECEIVED" => Response.None,
        _ => Enum.Parse<Response>(response, ignoreCase: true),
    };
}
