using System.Text.Json;
using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Domain;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.ExchangeLab.Control;
using HybridCalendar.Projections;
using HybridCalendar.Simulation.Calendars;
using HybridCalendar.Simulation.Service;
using NodaTime;
using LabReplies = HybridCalendar.ExchangeLab.Model.AutomaticRepliesState;
using Response = HybridCalendar.Domain.Meetings.Response;

namespace HybridCalendar.Simulation;

/// <summary>
/// Holds the documents of every projection against what people's calendars say, computed directly.
/// </summary>
/// <param name="documents">The documents of a projection, by id.</param>
internal sealed class Verdict(World world, Func<string, IReadOnlyDictionary<Guid, string>> documents)
{
    /// <summary>
    /// At the borders of so many meetings, or up to twice as many, each join schedule is looked at.
    /// </summary>
    private const int LinesMost = 4;

    private readonly Dictionary<string, string> opened = [];

    /// <summary>What operators want.</summary>
    private Configuration Configuration => world.Processes[^1].Configuration;

    private Instant Today => world.Organization.Today.AtMidnight().InUtc().ToInstant();

    private Instant From => Today - Duration.FromDays(8);

    private Instant To => Today + Duration.FromDays(16);

    /// <exception cref="SimulationException">Something is not as it is in the calendars.</exception>
    public void Check()
    {
        var meetings = Read<ListedMeeting>("meeting_list");
        var joins = Read<ScheduledJoin>("join_schedule");
        foreach (var mailbox in People.Watched)
        {
            var box = world.Organization.GetMailbox(mailbox.Address);
            var lines = CalendarLine.Of(box, From, To);
            Compare(
                $"the meeting list of {mailbox.Address}",
                lines.Select(Text),
                meetings.Where(meeting => meeting.Mailbox == mailbox.Id.Value)
                    .SelectMany(meeting => meeting.Facts.OccurrencesIn(From, To)
                        .Select(occurrence => Text(mailbox, meeting.Facts, occurrence))));
            CheckJoins(mailbox, lines, [.. joins.Where(join => join.Mailbox == mailbox.Id.Value)]);
        }

        Compare(
            "the organization's settings",
            [$"{Configuration.Organization}"],
            Read<OrganizationSettings>("organization_settings").Select(one => $"{one.Organization}"));
        var open = Read<Incidents>("incidents").Where(incidents => incidents.IsOpen);
        Compare("the open incidents", [], open.Select(incidents => $"{incidents}"));
        CheckMailboxes();
    }

    private void CheckJoins(
        WatchedMailbox mailbox, IReadOnlyList<CalendarLine> lines, IReadOnlyList<ScheduledJoin> joins)
    {
        var (lead, tail) = Configuration.TimesOf(mailbox);
        var audience = new Audience(mailbox.Kind, new JoinTimes(lead, tail));
        var isRoom = mailbox.Kind == MailboxKind.Room;
        var joinable = lines.Where(line => line.Join is not null);
        var some = joinable.DistinctBy(line => line.Start).ToList();
        var step = Math.Max(1, some.Count / LinesMost);
        foreach (var at in some.Where((_, index) => index % step == 0)
            .SelectMany(line => new[] { line.Start - lead, line.Start, line.End + tail }))
        {
            var expected = joinable
                .Where(line => !line.Cancelled)
                .Where(line => ResponseOf(line.MyResponse) != Response.Declined)
                .Where(line => !isRoom || ResponseOf(line.MyResponse) != Response.None)
                .Where(line => line.AllDay
                    ? line.Start <= at && at < line.End
                    : line.Start - lead <= at && at < line.End + tail)
                .Select(line => (Line: line, Title: IsWithheld(line) ? "" : line.Subject))
                .Select(one => $"{one.Line.Start} {one.Line.End} {one.Title} {one.Line.Join}");
            var shown = JoinSchedule.At(joins, at, audience).Buttons.Select(button =>
                $"{button.Start} {button.MeetingEnd} {Open(mailbox, button.Title)} "
                + Open(mailbox, button.Targets.First().Address));
            Compare($"the join schedule of {mailbox.Address} at {at}", expected, shown);
        }

        bool IsWithheld(CalendarLine line) => isRoom && $"{line.Sensitivity}" is "Private" or "Confidential";
    }

    private void CheckMailboxes()
    {
        var presences = Read<Presence>("presence").ToDictionary(presence => presence.Id);
        var listed = Read<ListedMailbox>("mailbox_list").ToDictionary(mailbox => mailbox.Id);
        foreach (var (mailbox, own) in Configuration.Listed)
        {
            var replies = world.Organization.GetMailbox(mailbox.Address).AutomaticReplies;
            foreach (var at in new[] { replies.Start, replies.End, Today, Today + Duration.FromDays(7) })
            {
                var isAway = replies.State switch
                {
                    LabReplies.Disabled => false,
                    LabReplies.Enabled => true,
                    _ => replies.Start <= at && at < replies.End,
                };
                Compare(
                    $"the presence of {mailbox.Address} at {at}",
                    [$"{isAway}"],
                    [$"{presences[mailbox.Id.Value].Replies.AwayAt(at)}"]);
            }

            var shown = listed[mailbox.Id.Value].Mailbox;
            Compare(
                $"the listing of {mailbox.Address}",
                [$"{MailboxStatus.Active} {world.Trouble.PlaceOf(mailbox.Address).Url} {own}"],
                [$"{shown.Status} {shown.Place?.Url} {shown.JoinTimes}"]);
        }
    }

    private static void Compare(string what, IEnumerable<string> expected, IEnumerable<string> actual)
    {
        string[] should = [.. expected.Order(StringComparer.Ordinal)];
        string[] does = [.. actual.Order(StringComparer.Ordinal)];
        if (!should.SequenceEqual(does, StringComparer.Ordinal))
        {
            throw new SimulationException(
                $"It is not as it should be: {what}.\nmissing: {should.Except(does).FirstOrDefault()}"
                + $"\nsurplus: {does.Except(should).FirstOrDefault()}\n"
                + $"{should.Length} lines should be, {does.Length} are.");
        }
    }

    private static string Text(CalendarLine line) => string.Join(
        " | ",
        line.Start,
        line.End,
        line.OriginalStart,
        line.AllDay,
        line.Subject,
        line.Location,
        line.Required.Count + line.Optional.Count + line.Resources.Count > 0 ? line.Organizer : "",
        string.Join(',', line.Required.Concat(line.Optional).Concat(line.Resources)),
        $"{line.ShowAs}" == "OOF" ? $"{ShownAs.OutOfOffice}" : $"{line.ShowAs}",
        $"{line.Sensitivity}",
        ResponseOf(line.MyResponse),
        line.Cancelled,
        line.Join);

    private string Text(WatchedMailbox mailbox, MeetingFacts facts, MeetingOccurrence occurrence) =>
        string.Join(
            " | ",
            occurrence.Start,
            occurrence.End,
            occurrence.OriginalStart,
            occurrence.AllDay,
            Open(mailbox, occurrence.Title),
            Open(mailbox, occurrence.Location),
            Open(mailbox, facts.Organizer?.Address),
            string.Join(',', facts.Participants.Select(one => Open(mailbox, one.Person.Address))),
            occurrence.ShownAs,
            facts.Sensitivity,
            facts.Response,
            occurrence.IsCancelled,
            Open(mailbox, occurrence.JoinTargets.FirstOrDefault()?.Address));

    private string Open(WatchedMailbox mailbox, Sealed? text)
    {
        if (text is null)
        {
            return "";
        }

        if (!opened.TryGetValue(text.Ciphertext, out var clear))
        {
            opened[text.Ciphertext] = clear = mailbox.Seal.Open(text);
        }

        return clear;
    }

    private IReadOnlyList<T> Read<T>(string view) =>
        [.. documents(view).Values.Select(json => JsonSerializer.Deserialize<T>(json, EventJson.Options)!)];

    private static Response ResponseOf(ExchangeLab.Model.Response response) => response switch
    {
        ExchangeLab.Model.Response.Accept => Response.Accepted,
        ExchangeLab.Model.Response.Decline => Response.Declined,
        ExchangeLab.Model.Response.Tentative => Response.Tentative,
        ExchangeLab.Model.Response.Organizer => Response.Organizer,
        ExchangeLab.Model.Response.NoResponseReceived => Response.None,
        _ => Response.Unknown,
    };
}
