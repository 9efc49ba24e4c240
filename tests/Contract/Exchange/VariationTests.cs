using System.Text;
using System.Xml;
using System.Xml.Linq;
using CsCheck;

namespace HybridCalendar.Contract.Exchange;

/// <summary>How a reply is written makes no difference, only what it says.</summary>
public sealed class VariationTests
{
    private const string Meeting = """
        <t:ItemId Id="other" ChangeKey="key"/><t:Subject>Plan</t:Subject>
        <t:Sensitivity>Private</t:Sensitivity>
        <t:Body BodyType="Text">https://example.webex.com/meet/a</t:Body>
        <t:ExtendedProperty><t:ExtendedFieldURI DistinguishedPropertySetId="Meeting" PropertyId="35"
         PropertyType="Binary"/><t:Value>BAACAA==</t:Value></t:ExtendedProperty>
        <t:LastModifiedTime>2026-01-01T00:00:00Z</t:LastModifiedTime><t:UID>uid</t:UID>
        <t:Start>2026-03-02T09:00:00</t:Start><t:End>2026-03-02T10:00:00+01:00</t:End>
        <t:LegacyFreeBusyStatus>OOF</t:LegacyFreeBusyStatus><t:Location>Here</t:Location>
        <t:IsCancelled>false</t:IsCancelled><t:CalendarItemType>RecurringMaster</t:CalendarItemType>
        <t:MyResponseType>Accept</t:MyResponseType>
        <t:Organizer><t:Mailbox><t:Name>An</t:Name>
        <t:EmailAddress>an@example.test</t:EmailAddress></t:Mailbox>
        </t:Organizer>
        <t:RequiredAttendees><t:Attendee><t:Mailbox><t:Name>Bo</t:Name></t:Mailbox>
        <t:ResponseType>Decline</t:ResponseType></t:Attendee>
        <t:Attendee><t:Mailbox><t:Name>Ce</t:Name></t:Mailbox></t:Attendee></t:RequiredAttendees>
        <t:OptionalAttendees><t:Attendee><t:Mailbox><t:Name>De</t:Name></t:Mailbox></t:Attendee>
        </t:OptionalAttendees>
        <t:Recurrence><t:WeeklyRecurrence><t:Interval>2</t:Interval>
        <t:DaysOfWeek>Monday Friday</t:DaysOfWeek>
        </t:WeeklyRecurrence><t:NumberedRecurrence><t:StartDate>2026-03-02+01:00</t:StartDate>
        <t:NumberOfOccurrences>9</t:NumberOfOccurrences></t:NumberedRecurrence></t:Recurrence>
        <t:ModifiedOccurrences><t:Occurrence><t:ItemId Id="m"/><t:Start>2026-03-06T10:00:00</t:Start>
        <t:End>2026-03-06T11:00:00</t:End>
        <t:OriginalStart>2026-03-06T09:00:00</t:OriginalStart></t:Occurrence>
        </t:ModifiedOccurrences>
        <t:DeletedOccurrences><t:DeletedOccurrence>
        <t:Start>2026-03-16T09:00:00</t:Start></t:DeletedOccurrence>
        </t:DeletedOccurrences>
        <t:StartTimeZone Id="Customized Time Zone" Name="Ours"><t:Periods>
        <t:Period Bias="-PT1H" Name="S" Id="a"/>
        <t:Period Bias="-PT2H" Name="D" Id="b"/></t:Periods><t:TransitionsGroups><t:TransitionsGroup Id="0">
        <t:RecurringDayTransition><t:To Kind="Period">b</t:To><t:TimeOffset>PT2H</t:TimeOffset>
        <t:Month>3</t:Month>
        <t:DayOfWeek>Sunday</t:DayOfWeek><t:Occurrence>-1</t:Occurrence></t:RecurringDayTransition>
        <t:RecurringDateTransition><t:To Kind="Period">a</t:To><t:TimeOffset>PT3H</t:TimeOffset>
        <t:Month>10</t:Month>
        <t:Day>31</t:Day></t:RecurringDateTransition></t:TransitionsGroup></t:TransitionsGroups>
        <t:Transitions><t:Transition><t:To Kind="Period">a</t:To></t:Transition>
        <t:AbsoluteDateTransition>
        <t:To Kind="Group">0</t:To><t:DateTime>2001-01-01T00:00:00</t:DateTime></t:AbsoluteDateTransition>
        </t:Transitions></t:StartTimeZone>
        """;

    private const string Changes = """
        <t:Create><t:CalendarItem><t:ItemId Id="a" ChangeKey="1"/></t:CalendarItem></t:Create>
        <t:Update><t:CalendarItem><t:ItemId Id="A"/></t:CalendarItem></t:Update>
        <t:Create><t:Message><t:ItemId Id="m"/></t:Message></t:Create><t:Delete><t:ItemId Id="d"/></t:Delete>
        <t:ReadFlagChange><t:ItemId Id="r"/><t:IsRead>true</t:IsRead></t:ReadFlagChange>
        """;

    private const string Notices = """
        <m:Notifications><m:Notification><t:SubscriptionId>a</t:SubscriptionId><t:StatusEvent/>
        </m:Notification>
        <m:Notification><t:SubscriptionId>b</t:SubscriptionId>
        <t:ModifiedEvent><t:ItemId Id="i"/></t:ModifiedEvent>
        </m:Notification></m:Notifications><m:ErrorSubscriptionIds><m:SubscriptionId>c</m:SubscriptionId>
        </m:ErrorSubscriptionIds><m:ConnectionStatus>Closed</m:ConnectionStatus>
        """;

    // How: each recorded reply, and some with all that is read, is written in random ways and read again.
    [Fact]
    public void a_reply_is_read_the_same_in_whatever_way_it_is_written()
    {
        var replies = Written().Concat(Samples.All())
            .Select(sample => (Sample: sample, Xml: XmlOf(sample.Bytes)))
            .Where(reply => reply.Xml is not null)
            .ToArray();
        var expected = Array.ConvertAll(replies, reply => Read(reply.Sample, reply.Sample.Bytes));
        expected.Count(outcome => outcome.Code == "NoError").ShouldBeGreaterThan(50);
        var index = Gen.Frequency((1, Gen.Int[0, 5]), (2, Gen.Int[0, replies.Length - 1]));
        Gen.Select(index, Gen.Int).Sample(
            (which, seed) =>
            {
                var bytes = new Variation(seed).Of(replies[which].Xml!);
                Read(replies[which].Sample, bytes).ShouldBe(
                    expected[which], $"{replies[which].Sample.Name}\n{Encoding.UTF8.GetString(bytes)}");
            },
            iter: 3000);
    }

    private static IEnumerable<Sample> Written() =>
    [
        Of("GetItemResponse", Xml.Items(Meeting, "<t:Subject>No times</t:Subject>")),
        Of("SyncFolderItemsResponse", Xml.Sync(Changes)),
        Of("GetStreamingEventsResponse", Xml.Success("GetStreamingEvents", Notices)),
        Of("GetUserOofSettingsResponse", Xml.Replies("Scheduled")),
        Of("GetUserOofSettingsResponse", Xml.Fault("ErrorServerBusy", backOffMilliseconds: 25_000)),
        Of("SubscribeResponse", Xml.Error("Subscribe", "ErrorInternalServerError", ("PolicyLimit", "1000"))),
    ];

    private static Sample Of(string name, string reply) =>
        new(name, Samples.Readers[name], Encoding.UTF8.GetBytes(reply));

    private static Outcome Read(Sample sample, byte[] bytes) => sample.Read(new MemoryStream(bytes));

    // Some hold characters that XML does not allow: they are for others to read.
    private static XDocument? XmlOf(byte[] bytes)
    {
        try
        {
            return XDocument.Load(new MemoryStream(bytes), LoadOptions.PreserveWhitespace);
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
