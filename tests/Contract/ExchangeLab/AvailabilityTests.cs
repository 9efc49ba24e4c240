using System.Globalization;
using System.Xml.Linq;

namespace HybridCalendar.Contract.ExchangeLab;

/// <summary>Proves who is told to be free when, and how much of it is told to whom.</summary>
public sealed class AvailabilityTests
{
    private const string Utc = "<t:TimeZone><t:Bias>0</t:Bias><t:StandardTime><t:Bias>0</t:Bias><t:Time>00:00:00"
        + "</t:Time><t:DayOrder>0</t:DayOrder><t:Month>0</t:Month><t:DayOfWeek>Sunday</t:DayOfWeek>"
        + "</t:StandardTime><t:DaylightTime><t:Bias>0</t:Bias><t:Time>00:00:00</t:Time><t:DayOrder>0"
        + "</t:DayOrder><t:Month>0</t:Month><t:DayOfWeek>Sunday</t:DayOfWeek></t:DaylightTime></t:TimeZone>";

    private const string Berlin = "<t:TimeZone><t:Bias>-60</t:Bias><t:StandardTime><t:Bias>0</t:Bias><t:Time>"
        + "03:00:00</t:Time><t:DayOrder>5</t:DayOrder><t:Month>10</t:Month><t:DayOfWeek>Sunday</t:DayOfWeek>"
        + "</t:StandardTime><t:DaylightTime><t:Bias>-60</t:Bias><t:Time>02:00:00</t:Time><t:DayOrder>5"
        + "</t:DayOrder><t:Month>3</t:Month><t:DayOfWeek>Sunday</t:DayOfWeek></t:DaylightTime></t:TimeZone>";

    [Fact]
    public async Task Each_mailbox_has_its_answer_in_the_order_of_the_question()
    {
        await using var lab = await LabServer.Start();
        await lab.Act(HttpMethod.Put, $"/mailboxes/{LabServer.Carla}/free-busy-access", new { access = "none" });

        var reply = await lab.Ask(Ask([LabServer.Ben, "nobody@lab.example", LabServer.Carla, LabServer.Room]));

        reply.All("FreeBusyResponse").Select(one => one.Value("ResponseCode")).ShouldBe(
            ["NoError", "ErrorMailRecipientNotFound", "ErrorNoFreeBusyAccess", "NoError"]);
        reply.All("FreeBusyResponse").Select(one => one.All("FreeBusyView").Count()).ShouldBe([1, 0, 0, 1]);
    }

    [Fact]
    public async Task Digits_and_entries_tell_the_same_and_are_in_the_zone_of_the_question()
    {
        await using var lab = await LabServer.Start();
        await lab.Book(new
        {
            start = "2026-08-05T09:00:00Z",
            end = "2026-08-05T10:15:00Z",
            required = Array.Empty<string>(),
            showAs = "oof",
        });
        await lab.Book(new
        {
            start = "2026-08-05T10:00:00Z", end = "2026-08-05T11:00:00Z", showAs = "tentative",
            required = Array.Empty<string>(), sensitivity = "private",
        });

        var utc = await lab.Ask(Ask(
            [LabServer.Anna], "2026-08-05T08:30:00", "2026-08-05T11:30:00", "DetailedMerged"));
        var local = await lab.Ask(Ask(
            [LabServer.Anna], "2026-08-05T10:30:00", "2026-08-05T13:30:00", "DetailedMerged", zone: Berlin));

        utc.Value("MergedFreeBusy").ShouldBe("033310");
        local.Value("MergedFreeBusy").ShouldBe("033310");
        utc.All("CalendarEvent").Select(one => one.Value("StartTime"))
            .ShouldBe(["2026-08-05T09:00:00", "2026-08-05T10:00:00"]);
        local.All("CalendarEvent").Select(one => one.Value("EndTime"))
            .ShouldBe(["2026-08-05T12:15:00", "2026-08-05T13:00:00"]);
        utc.All("CalendarEvent").Select(one => one.Value("BusyType")).ShouldBe(["OOF", "Tentative"]);
        utc.All("CalendarEvent").Select(one => one.Value("Subject")).ShouldBe(["Tea", null], "one is private");
        utc.All("IsPrivate").Select(one => one.Value).ShouldBe(["false", "true"]);
    }

    [Theory]
    [InlineData("times", "DetailedMerged", "FreeBusyMerged")]
    [InlineData("times", "Detailed", "FreeBusy")]
    [InlineData("times", "MergedOnly", "MergedOnly")]
    [InlineData("details", "Detailed", "Detailed")]
    [InlineData("details", "FreeBusyMerged", "FreeBusyMerged")]
    public async Task Nobody_sees_more_than_the_mailbox_shows(string access, string wanted, string given)
    {
        await using var lab = await LabServer.Start();
        await lab.Book(new { start = "2026-08-05T09:00:00Z", end = "2026-08-05T10:00:00Z" });
        await lab.Act(HttpMethod.Put, $"/mailboxes/{LabServer.Ben}/free-busy-access", new { access });

        var reply = await lab.Ask(Ask([LabServer.Ben], view: wanted));

        reply.Value("FreeBusyViewType").ShouldBe(given);
        reply.All("MergedFreeBusy").Any().ShouldBe(given.Contains("Merged", StringComparison.Ordinal));
        reply.All("CalendarEvent").Any().ShouldBe(given != "MergedOnly");
        reply.All("CalendarEventDetails").Any().ShouldBe(
            given.StartsWith("Detailed", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("2026-08-05T00:00:00", "2026-10-07T00:00:00", 30, "ErrorTimeIntervalTooBig")]
    [InlineData("2026-08-05T00:00:00", "2026-08-04T00:00:00", 30, "ErrorInvalidTimeInterval")]
    [InlineData("2026-08-05T00:00:00", "2026-08-06T00:00:00", 4, "ErrorInvalidMergedFreeBusyInterval")]
    [InlineData("2026-08-05T00:00:00", "2026-08-06T00:00:00", 1441, "ErrorInvalidMergedFreeBusyInterval")]
    [InlineData("2026-08-05T00:00:00", "2026-08-05T01:00:00", 61, "ErrorInvalidMergedFreeBusyInterval")]
    public async Task A_window_has_bounds(string start, string end, int minutes, string code)
    {
        await using var lab = await LabServer.Start();
        var fault = await lab.AskForFault(Wire.Envelope(
            Ask([LabServer.Ben], start, end, minutes: minutes), LabServer.Anna));
        fault.Value("ResponseCode").ShouldBe(code);
    }

    [Fact]
    public async Task The_longest_window_can_be_that_of_an_older_server()
    {
        await using var lab = await LabServer.Start();
        var days50 = Ask([LabServer.Ben], "2026-08-01T00:00:00", "2026-09-20T00:00:00");
        (await lab.Ask(days50)).Codes().ShouldBe(["NoError"]);
        await lab.Act(HttpMethod.Put, "/availability", new { days = 42 });
        (await lab.AskForFault(Wire.Envelope(days50, LabServer.Anna))).Value("ResponseCode")
            .ShouldBe("ErrorTimeIntervalTooBig");
    }

    [Fact]
    public async Task A_hundred_mailboxes_and_a_thousand_entries_are_the_most()
    {
        await using var lab = await LabServer.Start();
        var many = Enumerable.Repeat(LabServer.Ben, 101).ToArray();
        (await lab.AskForFault(Wire.Envelope(Ask(many), LabServer.Anna))).Value("ResponseCode")
            .ShouldBe("ErrorMailboxDataArrayTooBig");
        (await lab.Ask(Ask(many[..100]))).All("FreeBusyResponse").Count().ShouldBe(100);

        for (var turn = 0; turn < 17; turn++)
        {
            await lab.Book(new { recurrence = new { pattern = "daily" } });
        }

        var reply = await lab.Ask(Ask(
            [LabServer.Ben, LabServer.Carla], "2026-08-01T00:00:00", "2026-10-01T00:00:00"));
        reply.Codes().ShouldBe(["ErrorResultSetTooBig", "NoError"]);
    }

    [Fact]
    public async Task Working_hours_are_in_the_zone_of_the_mailbox()
    {
        await using var lab = await LabServer.Start();
        var mailboxes = (await lab.Act(HttpMethod.Get, "/mailboxes")).EnumerateArray()
            .Select(one => (Address: one.GetProperty("address").GetString()!,
                Zone: one.GetProperty("timeZone").GetString()!)).ToList();
        var reply = await lab.Ask(Ask([.. mailboxes.Select(one => one.Address)], view: "MergedOnly"));
        var hours = reply.All("WorkingHours").ToList();
        foreach (var ((_, zone), shown) in mailboxes.Zip(hours))
        {
            shown.Value("StartTimeInMinutes").ShouldBe("480");
            if (zone == "W. Europe Standard Time")
            {
                shown.Value("Bias").ShouldBe("-60");
                Change(shown, "StandardTime").ShouldBe("0 03:00:00 5 10 Sunday");
                Change(shown, "DaylightTime").ShouldBe("-60 02:00:00 5 3 Sunday");
            }
            else if (zone is "India Standard Time" or "Tokyo Standard Time")
            {
                Change(shown, "StandardTime").ShouldBe("0 00:00:00 0 0 Sunday");
                Change(shown, "DaylightTime").ShouldBe("0 00:00:00 0 0 Sunday");
            }
        }

        hours.Count.ShouldBe(mailboxes.Count);
        mailboxes.Select(one => one.Zone).ShouldContain("W. Europe Standard Time");
        hours.Count(one => Change(one, "StandardTime").Contains(" 0 0 ", StringComparison.Ordinal))
            .ShouldBeGreaterThan(0);
    }

    [Fact]
    public void The_documentations_own_replies_please_the_schemas()
    {
        var samples = Directory.GetFiles(SharedFolder.Path("ews-samples/ms-docs"), "GetUserAvailability*.xml");
        samples.Length.ShouldBeGreaterThan(3);
        foreach (var file in samples.Where(file => file.Contains("Response", StringComparison.Ordinal)))
        {
            Schemas.Objections(XElement.Load(file)).ShouldBeEmpty(file);
        }
    }

    private static string Change(XElement hours, string name) =>
        string.Join(' ', hours.All(name).Single().Elements().Select(one => one.Value));

    private static string Ask(
        string[] addresses,
        string start = "2026-08-05T00:00:00",
        string end = "2026-08-06T00:00:00",
        string view = "FreeBusyMerged",
        int minutes = 30,
        string zone = Utc) =>
        $"<m:GetUserAvailabilityRequest>{zone}<m:MailboxDataArray>"
        + string.Concat(addresses.Select(address => $"<t:MailboxData><t:Email><t:Address>{address}</t:Address>"
            + "</t:Email><t:AttendeeType>Required</t:AttendeeType></t:MailboxData>"))
        + $"</m:MailboxDataArray><t:FreeBusyViewOptions><t:TimeWindow><t:StartTime>{start}</t:StartTime>"
        + $"<t:EndTime>{end}</t:EndTime></t:TimeWindow><t:MergedFreeBusyIntervalInMinutes>"
        + minutes.ToString(CultureInfo.InvariantCulture)
        + $"</t:MergedFreeBusyIntervalInMinutes><t:RequestedView>{view}</t:RequestedView>"
        + "</t:FreeBusyViewOptions></m:GetUserAvailabilityRequest>";
}
