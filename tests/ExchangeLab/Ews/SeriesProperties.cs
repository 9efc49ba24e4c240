using HybridCalendar.ExchangeLab.Model;
using NodaTime;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>The rule, exceptions and zones of an item, in the order of the schema.</summary>
internal static class SeriesProperties
{
    public static IReadOnlyList<ItemProperty> All { get; } =
    [
        OfMaster("calendar:Recurrence", c => RecurrenceXml.Write(c, c.Content.Recurrence!)),
        OfMaster("calendar:FirstOccurrence", c => WriteEdge(
            c, "FirstOccurrence", Present(c).FirstOrDefault())),
        OfMaster("calendar:LastOccurrence", WriteLast),
        OfMaster("calendar:ModifiedOccurrences", WriteModified),
        OfMaster("calendar:DeletedOccurrences", WriteDeleted),
        new("calendar:StartTimeZone", c => TimeZoneXml.Write(c.Xml, "StartTimeZone", c)),
        new("calendar:EndTimeZone", c => TimeZoneXml.Write(c.Xml, "EndTimeZone", c)),
        new("calendar:ConferenceType", WriteConferenceType),
        new("calendar:AllowNewTimeProposal", c => c.Xml.T(
            "AllowNewTimeProposal", c.Item.Details.AllowNewTimeProposal)),
        new("calendar:IsOnlineMeeting", c => c.Xml.T("IsOnlineMeeting", c.Item.OnlineMeeting is not null)),
        new("calendar:EnhancedLocation", WriteEnhancedLocation),
        new("calendar:StartWallClock", c => WriteWallClock(c, "StartWallClock", c.Occurrence.Start)),
        new("calendar:EndWallClock", c => WriteWallClock(c, "EndWallClock", c.Occurrence.End)),
        new("calendar:StartTimeZoneId", c => c.Xml.T("StartTimeZoneId", c.Content.ShownZoneId)),
        new("calendar:EndTimeZoneId", c => c.Xml.T("EndTimeZoneId", c.Content.ShownZoneId)),
        new("calendar:IntendedFreeBusyStatus", c => c.Xml.T(
            "IntendedFreeBusyStatus",
            CalendarProperties.ShowAsText(c, c.Occurrence.Own?.ShowAs ?? c.Content.ShowAs))),
        new("calendar:JoinOnlineMeetingUrl", WriteJoinUrl) { IsGetItemOnly = true },
        new("calendar:OnlineMeetingSettings", WriteOnlineSettings) { IsGetItemOnly = true },
        new("calendar:IsOrganizer", c => c.Xml.T("IsOrganizer", c.Entry.IsOrganizer)),
    ];

    private static ItemProperty OfMaster(string field, Action<ItemContext> write) =>
        new(field, c =>
        {
            if (c.IsMaster)
            {
                write(c);
            }
        })
        {
            IsDefault = true,
            IsGetItemOnly = true,
        };

    private static IEnumerable<LocalDate> Present(ItemContext c) =>
        Expansion.Dates(c.Content.Recurrence!).Where(date => !c.Content.Dropped.Contains(date));

    private static void WriteLast(ItemContext c)
    {
        var rule = c.Content.Recurrence!;
        if (rule.EndDate is null && rule.Count is null)
        {
            return;
        }

        WriteEdge(c, "LastOccurrence", Present(c).LastOrDefault());
    }

    private static void WriteEdge(ItemContext c, string name, LocalDate date)
    {
        if (Occurrences.IsRuleDate(c.Content, date))
        {
            WriteInfo(c, name, Occurrences.At(c.Content, date));
        }
    }

    private static void WriteModified(ItemContext c)
    {
        if (c.Content.Changed.IsEmpty)
        {
            return;
        }

        c.Xml.StartT("ModifiedOccurrences");
        foreach (var date in c.Content.Changed.Keys)
        {
            WriteInfo(c, "Occurrence", Occurrences.At(c.Content, date));
        }

        c.Xml.WriteEndElement();
    }

    private static void WriteDeleted(ItemContext c)
    {
        if (c.Content.Dropped.IsEmpty)
        {
            return;
        }

        c.Xml.StartT("DeletedOccurrences");
        foreach (var date in c.Content.Dropped)
        {
            c.Xml.StartT("DeletedOccurrence");
            c.Xml.T("Start", Occurrences.Planned(c.Content, date).Start);
            c.Xml.WriteEndElement();
        }

        c.Xml.WriteEndElement();
    }

    private static void WriteInfo(ItemContext c, string name, Occurrence occurrence)
    {
        var view = new ItemView(c.Entry, occurrence);
        c.Xml.StartT(name);
        c.Xml.Id("ItemId", view.Id, c.Entry.ChangeKey);
        c.Xml.T("Start", occurrence.Start);
        c.Xml.T("End", occurrence.End);
        c.Xml.T("OriginalStart", occurrence.OriginalStart!.Value);
        c.Xml.WriteEndElement();
    }

    /// <summary>Gone since Exchange 2016.</summary>
    private static void WriteConferenceType(ItemContext c)
    {
        if (!c.Call.Edition.Is2016OrLater)
        {
            c.Xml.T("ConferenceType", 0);
        }
    }

    private static void WriteEnhancedLocation(ItemContext c)
    {
        c.Xml.StartT("EnhancedLocation");
        c.Xml.T("DisplayName", c.Text(c.Occurrence.Location));
        c.Xml.StartT("PostalAddress");
        c.Xml.T("Type", "Business");
        c.Xml.T("LocationSource", "None");
        c.Xml.WriteEndElement();
        c.Xml.WriteEndElement();
    }

    private static void WriteJoinUrl(ItemContext c)
    {
        if (c.Item.OnlineMeeting?.JoinUrl is { } url)
        {
            c.Xml.T("JoinOnlineMeetingUrl", c.Text(url));
        }
    }

    /// <summary>It has no address, and clients that look for one there find none.</summary>
    private static void WriteOnlineSettings(ItemContext c)
    {
        if (c.Item.OnlineMeeting?.JoinUrl is not null)
        {
            c.Xml.StartT("OnlineMeetingSettings");
            c.Xml.T("LobbyBypass", "EnabledForGatewayParticipants");
            c.Xml.T("AccessLevel", "Everyone");
            c.Xml.T("Presenters", "Internal");
            c.Xml.WriteEndElement();
        }
    }

    private static void WriteWallClock(ItemContext c, string name, Instant instant)
    {
        var local = instant.InZone(c.Content.Zone).ToOffsetDateTime();
        c.Xml.T(name, local.ToString("uuuu-MM-dd'T'HH:mm:sso<+HH:mm>", null));
    }
}
