using HybridCalendar.Adapters.Exchange.Operations;
using HybridCalendar.Adapters.Exchange.Reading;
using HybridCalendar.Adapters.Exchange.Soap;

namespace HybridCalendar.Adapters.Exchange;

/// <summary>Writing into calendars of Microsoft Exchange, over Exchange Web Services.</summary>
/// <param name="calendars">Whose account and connections are used, and whose pauses are kept.</param>
public sealed class EwsCalendarEditing(EwsCalendars calendars) : ICalendarEditing
{
    /// <summary>The set of properties that is the service's own. Stored for ever.</summary>
    private static readonly Guid OwnSet = new("8d2e6a35-3f1b-4c1f-9c63-5b0c1c7f2a94");

    private static readonly Dictionary<MeetingMark, ExtendedName> Names =
        Enum.GetValues<MeetingMark>().ToDictionary(
            mark => mark, mark => ExtendedName.String(OwnSet, mark.ToString()));

    private EwsClient Client => calendars.Client;

    public async Task<Reply<WrittenMeeting>> Edit(
        WatchedMailbox mailbox,
        string itemId,
        Func<EditableMeeting, MeetingEdit?> decide,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(decide);
        for (var looks = 1; ; looks++)
        {
            var look = await Look(mailbox, itemId, cancellation);
            if (look is not Reply<RawItem>.Answer { Value: var item })
            {
                return look.Failure<WrittenMeeting>()!;
            }

            var changeKey = item.ChangeKey ?? "";
            if (decide(Editable(item)) is not { } edit)
            {
                return new Reply<WrittenMeeting>.Answer(new WrittenMeeting(itemId, changeKey, false));
            }

            if (edit.Body is not null && item.BodyIsTruncated)
            {
                throw new InvalidOperationException("A text that was not read in full was to be written.");
            }

            var reference = new ItemReference.Item(itemId, changeKey);
            var written = await Write(mailbox, reference, edit, item, cancellation);
            if (written is not Reply<WrittenMeeting>.Refused { Code: var code }
                || !UpdateItem.IsConflict(code) || looks == Bounds.LooksPerEdit)
            {
                return written;
            }

            Telemetry.Count("edit-conflict", 1);
        }
    }

    public async Task<Reply<WrittenMeeting>> Create(
        WatchedMailbox organizer, NewMeeting meeting, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(meeting);
        var listing = new CalendarListing(Client, organizer.Address);
        var found = await listing.Read((Names[MeetingMark.CreationKey], meeting.Key), cancellation);
        if (found is not Reply<IReadOnlyList<RawItem>>.Answer { Value: var items })
        {
            return found.Failure<WrittenMeeting>()!;
        }

        if (items.FirstOrDefault(item => item.ItemId is not null) is { } there)
        {
            return new Reply<WrittenMeeting>.Answer(
                new WrittenMeeting(there.ItemId!, there.ChangeKey ?? "", false));
        }

        var sending = meeting.Telling == Telling.Nobody
            ? CreationSending.SendToNone
            : CreationSending.SendToAllAndSaveCopy;
        var request = new EwsRequest(
            "CreateItem", organizer.Address, xml => CreateItem.Write(xml, Properties(meeting), sending));
        return Single(await Client.Call(request, CreateItem.Read, cancellation));
    }

    public Task<Reply<IReadOnlyList<FreeBusy>>> ReadFreeBusy(
        WatchedMailbox asker,
        IReadOnlyList<string> addresses,
        FreeBusyQuestion question,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(question);
        var reading = new FreeBusyReading(Client, calendars.Settings, asker.Address);
        return reading.Read(addresses, question, cancellation);
    }

    private async Task<Reply<RawItem>> Look(
        WatchedMailbox mailbox, string itemId, CancellationToken cancellation)
    {
        var request = new EwsRequest("GetItem", mailbox.Address, xml =>
            GetItem.Write(xml, [itemId], () => Shapes.ForEditing(xml, Names.Values)));
        return await Client.Call(request, GetItem.Read, cancellation) switch
        {
            Reply<IReadOnlyList<ResponseMessage<RawItem?>>>.Answer { Value: [{ IsSuccess: true } only] } =>
                only.Payload is { IsOfOtherClass: false } item
                    ? new Reply<RawItem>.Answer(item)
                    : new Reply<RawItem>.Gone(),
            Reply<IReadOnlyList<ResponseMessage<RawItem?>>>.Answer { Value: [var only] } =>
                Client.Refusal<RawItem>(only.Verdict),
            Reply<IReadOnlyList<ResponseMessage<RawItem?>>>.Answer =>
                new Reply<RawItem>.Refused(Verdict.MalformedCode, ""),
            var other => other.Failure<RawItem>()!,
        };
    }

    // What people wrote is never merged by the server: it would let the last one win.
    private async Task<Reply<WrittenMeeting>> Write(
        WatchedMailbox mailbox,
        ItemReference item,
        MeetingEdit edit,
        RawItem seen,
        CancellationToken cancellation)
    {
        var sending = edit.Telling == Telling.Nobody
            ? UpdateSending.SendToNone
            : UpdateSending.SendToAllAndSaveCopy;
        var changes = Changes(edit, seen).ToList();
        if (changes.Count == 0)
        {
            return new Reply<WrittenMeeting>.Answer(
                new WrittenMeeting(seen.ItemId ?? "", seen.ChangeKey ?? "", false));
        }

        var request = new EwsRequest("UpdateItem", mailbox.Address, xml =>
            UpdateItem.Write(xml, item, changes, ConflictResolution.NeverOverwrite, sending));
        return Single(await Client.Call(request, UpdateItem.Read, cancellation));
    }

    private Reply<WrittenMeeting> Single(Reply<IReadOnlyList<ResponseMessage<WrittenItem?>>> reply) =>
        reply switch
        {
            Reply<IReadOnlyList<ResponseMessage<WrittenItem?>>>.Answer { Value: [var only] } =>
                !only.IsSuccess ? Client.Refusal<WrittenMeeting>(only.Verdict)
                : only.Payload is { } item
                    ? new Reply<WrittenMeeting>.Answer(new WrittenMeeting(item.Id, item.ChangeKey, true))
                : new Reply<WrittenMeeting>.Refused(Verdict.MalformedCode, ""),
            Reply<IReadOnlyList<ResponseMessage<WrittenItem?>>>.Answer =>
                new Reply<WrittenMeeting>.Refused(Verdict.MalformedCode, ""),
            _ => reply.Failure<WrittenMeeting>()!,
        };

    private static EditableMeeting Editable(RawItem item) => new()
    {
        IsOrganizersOwn = item.MyResponse == "Organizer",
        Title = item.Subject ?? "",
        Location = item.Location ?? "",
        Body = item.BodyIsTruncated ? null : item.Body ?? "",
        BodyFormat = item.BodyFormat,
        Marks = Names.Where(name => item.Extended.ContainsKey(name.Value))
            .ToDictionary(name => name.Key, name => item.Extended[name.Value]),
    };

    private static IEnumerable<PropertyChange> Changes(MeetingEdit edit, RawItem seen)
    {
        if (edit.Location is { } location)
        {
            yield return new PropertyChange.Set(WrittenProperty.Location(location));
        }

        if (edit.Body is { } body)
        {
            yield return new PropertyChange.Set(WrittenProperty.Body(body, seen.BodyFormat));
        }

        foreach (var (mark, value) in edit.Marks)
        {
            yield return value is not null
                ? new PropertyChange.Set(WrittenProperty.Extended(Names[mark], value))
                : new PropertyChange.Delete(new PropertyPath.Extended(Names[mark]));
        }
    }

    private static IEnumerable<WrittenProperty> Properties(NewMeeting meeting)
    {
        var when = meeting.When;
        var zone = WindowsZoneIds.Of(when.Zone) ?? throw new ArgumentException(
            "Exchange has no time zone for the meeting's.", nameof(meeting));
        yield return WrittenProperty.Subject(meeting.Title);
        yield return WrittenProperty.Sensitivity(meeting.Sensitivity);
        yield return WrittenProperty.Body(meeting.Body, meeting.BodyFormat);
        yield return WrittenProperty.Extended(Names[MeetingMark.CreationKey], meeting.Key);
        foreach (var (mark, value) in meeting.Marks)
        {
            yield return WrittenProperty.Extended(Names[mark], value);
        }

        yield return WrittenProperty.Start(when.Start);
        yield return WrittenProperty.End(when.End);
        yield return WrittenProperty.AllDay(when.AllDay);
        yield return WrittenProperty.ShownAs(meeting.ShownAs);
        yield return WrittenProperty.Location(meeting.Location);
        foreach (var role in meeting.Invited.GroupBy(invited => invited.Role, invited => invited.Address))
        {
            yield return WrittenProperty.Attendees(role.Key, [.. role]);
        }

        if (when.Recurrence is { } recurrence)
        {
            yield return WrittenProperty.Recurrence(recurrence);
        }

        yield return WrittenProperty.StartZone(zone);
        yield return WrittenProperty.EndZone(zone);
    }
}
