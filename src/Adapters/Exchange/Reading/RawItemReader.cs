using HybridCalendar.Adapters.Exchange.Operations;
using HybridCalendar.Adapters.Exchange.Soap;
using HybridCalendar.Domain.Joining;
using HybridCalendar.Domain.Meetings;

namespace HybridCalendar.Adapters.Exchange.Reading;

/// <summary>
/// Reads calendar items. It takes everything: what it means is decided by <see cref="MeetingReading"/>.
/// </summary>
internal static class RawItemReader
{
    /// <summary>Reads the item on which the cursor stands.</summary>
    internal static RawItem Read(XmlCursor xml)
    {
        var item = new RawItem();
        var inItem = xml.Enter();
        while (xml.Next(inItem))
        {
            if (!ReadText(xml, item))
            {
                ReadPart(xml, item);
            }
        }

        return item;
    }

    private static bool ReadText(XmlCursor xml, RawItem item)
    {
        switch (xml.Name)
        {
            case "Subject": item.Subject = xml.Text(); return true;
            case "Location": item.Location = xml.Text(); return true;
            case "JoinOnlineMeetingUrl": item.JoinOnlineMeetingUrl = xml.Text(); return true;
            case "LastModifiedTime": item.LastModifiedTime = xml.Token(); return true;
            case "UID": item.Uid = xml.Token(); return true;
            case "Start": item.Start = xml.Token(); return true;
            case "End": item.End = xml.Token(); return true;
            case "OriginalStart": item.OriginalStart = xml.Token(); return true;
            case "IsAllDayEvent": item.AllDay = xml.Token(); return true;
            case "LegacyFreeBusyStatus": item.FreeBusy = xml.Token(); return true;
            case "Sensitivity": item.Sensitivity = xml.Token(); return true;
            case "IsCancelled": item.IsCancelled = xml.Token(); return true;
            case "IsMeeting": item.IsMeeting = xml.Token(); return true;
            case "CalendarItemType": item.Type = xml.Token(); return true;
            case "MyResponseType": item.MyResponse = xml.Token(); return true;
            default: return false;
        }
    }

    private static void ReadPart(XmlCursor xml, RawItem item)
    {
        switch (xml.Name)
        {
            case "ItemId":
                item.ItemId = xml.Attribute("Id");
                item.ChangeKey = xml.Attribute("ChangeKey");
                break;
            case "Body":
                item.BodyFormat = xml.Attribute("BodyType") == "Text" ? BodyFormat.Text : BodyFormat.Html;
                item.BodyIsTruncated = RawValues.Flag(xml.Attribute("IsTruncated")) == true;
                item.Body = xml.Text();
                break;
            case "StartTimeZone": item.StartZone = RawZoneReader.Read(xml); break;
            case "EndTimeZone": item.EndZone = RawZoneReader.Read(xml); break;
            case "ExtendedProperty": ReadProperty(xml, item); break;
            case "Organizer": item.Organizer = ReadPerson(xml).Person; break;
            case "RequiredAttendees": ReadAttendees(xml, ParticipantRole.Required, item); break;
            case "OptionalAttendees": ReadAttendees(xml, ParticipantRole.Optional, item); break;
            case "Resources": ReadAttendees(xml, ParticipantRole.Resource, item); break;
            case "Recurrence": item.Recurrence = ReadRecurrence(xml); break;
            case "ModifiedOccurrences": ReadModified(xml, item); break;
            case "DeletedOccurrences": ReadDeleted(xml, item); break;
        }
    }

    private static void ReadProperty(XmlCursor xml, RawItem item)
    {
        ExtendedName? name = null;
        string? value = null;
        var inProperty = xml.Enter();
        while (xml.Next(inProperty))
        {
            switch (xml.Name)
            {
                case "ExtendedFieldURI": name = ExtendedName.Read(xml); break;
                case "Value": value = LegalText.Clean(xml.Text()); break;
            }
        }

        if (name is not null && value is not null)
        {
            item.Extended[name] = value;
        }
    }

    private static void ReadAttendees(XmlCursor xml, ParticipantRole role, RawItem item)
    {
        var inAttendees = xml.Enter();
        while (xml.Next(inAttendees))
        {
            if (xml.Name == "Attendee" && ReadPerson(xml) is ({ } person, var response))
            {
                item.Attendees.Add(new RawAttendee(person, role, response));
            }
        }
    }

    private static (RawPerson? Person, string Response) ReadPerson(XmlCursor xml)
    {
        RawPerson? person = null;
        var response = "";
        var inPerson = xml.Enter();
        while (xml.Next(inPerson))
        {
            switch (xml.Name)
            {
                case "Mailbox": person = ReadMailbox(xml); break;
                case "ResponseType": response = xml.Token(); break;
            }
        }

        return (person is { Name: "", Address: "" } ? null : person, response);
    }

    private static RawPerson ReadMailbox(XmlCursor xml)
    {
        var person = new RawPerson("", "");
        var inMailbox = xml.Enter();
        while (xml.Next(inMailbox))
        {
            switch (xml.Name)
            {
                case "Name": person = person with { Name = xml.Text() }; break;
                case "EmailAddress": person = person with { Address = xml.Text().Trim() }; break;
            }
        }

        return person;
    }

    private static RawRecurrence ReadRecurrence(XmlCursor xml)
    {
        var names = new List<string>();
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var inRecurrence = xml.Enter();
        while (xml.Next(inRecurrence))
        {
            names.Add(xml.Name);
            var inPart = xml.Enter();
            while (xml.Next(inPart))
            {
                // A pattern's values and a range's have different names.
                values[xml.Name] = xml.Token();
            }
        }

        return new RawRecurrence(names, values);
    }

    private static void ReadModified(XmlCursor xml, RawItem item)
    {
        var inOccurrences = xml.Enter();
        while (xml.Next(inOccurrences))
        {
            if (xml.Name != "Occurrence")
            {
                continue;
            }

            var occurrence = new RawOccurrence("", "");
            var inOccurrence = xml.Enter();
            while (xml.Next(inOccurrence))
            {
                switch (xml.Name)
                {
                    case "ItemId": occurrence = occurrence with { ItemId = xml.Attribute("Id") ?? "" }; break;
                    case "Start": occurrence = occurrence with { Start = xml.Token() }; break;
                    case "End": occurrence = occurrence with { End = xml.Token() }; break;
                    case "OriginalStart": occurrence = occurrence with { OriginalStart = xml.Token() }; break;
                }
            }

            item.Modified.Add(occurrence);
        }
    }

    private static void ReadDeleted(XmlCursor xml, RawItem item)
    {
        var inOccurrences = xml.Enter();
        while (xml.Next(inOccurrences))
        {
            if (xml.Name != "DeletedOccurrence")
            {
                continue;
            }

            var start = "";
            var inOccurrence = xml.Enter();
            while (xml.Next(inOccurrence))
            {
                start = xml.Name == "Start" ? xml.Token() : start;
            }

            item.Deleted.Add(start);
        }
    }
}
