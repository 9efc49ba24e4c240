using System.Xml.Linq;
using HybridCalendar.ExchangeLab.Model;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>What a client wants to do to one property of an item.</summary>
/// <param name="Verb">SetItemField, AppendToItemField or DeleteItemField.</param>
/// <param name="Value">The property's element; null for a deletion.</param>
internal sealed record ItemUpdate(string Verb, PropertyPath Path, XElement? Value);

/// <summary>Reads the changes of an item, and makes them in a draft.</summary>
internal static class ItemUpdates
{
    public static IReadOnlyList<ItemUpdate> ReadAll(XElement updates, EwsCall call)
    {
        var read = updates.Elements().Select(change => Read(change, call)).ToList();
        return read.Count > 0 ? read : throw EwsFault.SchemaViolation(
            "The element 'Updates' has incomplete content.");
    }

    /// <summary>The draft after all changes, those of zones first.</summary>
    public static ItemDraft Apply(ItemDraft draft, IReadOnlyList<ItemUpdate> updates, EwsCall call)
    {
        var isZoned = draft.Content.TimeZone;
        foreach (var update in updates.OrderBy(update => PlaceOf(update.Path)))
        {
            // Times without an offset are those of the item's zone, if the client says which it is.
            var zone = draft.Content.TimeZone == isZoned ? call.ContextZone : draft.Content.Zone;
            draft = update.Path.Extended is { } field
                ? WithExtended(draft, update, field)
                : WithField(draft, update, update.Path.Field!, zone);
        }

        return draft;
    }

    /// <summary>Makes a new item of its element.</summary>
    public static ItemDraft Fill(ItemDraft draft, XElement item, EwsCall call)
    {
        CalendarItemOrder.Check(item);
        var hasZone = item.Child("StartTimeZone") is not null || item.Child("MeetingTimeZone") is not null;
        foreach (var child in item.Elements().OrderBy(child => PlaceOf(child.Name.LocalName)))
        {
            if (child.Name.LocalName == "ExtendedProperty")
            {
                var (field, values) = ExtendedXml.Read(child);
                draft = With(draft, draft.Details.Properties.SetItem(field.Name, values));
                continue;
            }

            var writable = WritableFields.All.FirstOrDefault(one => one.Element == child.Name.LocalName)
                ?? throw ReadOnly();
            draft = writable.Set(draft, child, hasZone ? draft.Content.Zone : call.ContextZone);
        }

        return draft;
    }

    private static ItemUpdate Read(XElement change, EwsCall call)
    {
        var verb = change.Name.LocalName;
        if (verb is not ("SetItemField" or "AppendToItemField" or "DeleteItemField"))
        {
            throw EwsFault.SchemaViolation($"The element 'Updates' has invalid child element '{verb}'.");
        }

        var (path, item) = PropertyPath.Read(change, call);
        if (verb == "DeleteItemField")
        {
            return new ItemUpdate(verb, path, null);
        }

        var properties = (item ?? throw EwsFault.SchemaViolation(
            $"The element '{verb}' has incomplete content.")).Elements().ToList();
        return properties.Count == 1 ? new ItemUpdate(verb, path, properties[0]) : throw new EwsError(
            "ErrorIncorrectUpdatePropertyCount", "An object within a change description must contain one "
            + "and only one property to modify.");
    }

    private static ItemDraft WithExtended(ItemDraft draft, ItemUpdate update, ExtendedField field)
    {
        if (update.Verb == "AppendToItemField")
        {
            throw CannotAppend();
        }

        if (update.Value is not { } value)
        {
            return With(draft, draft.Details.Properties.Remove(field.Name));
        }

        var (named, values) = value.Name.LocalName == "ExtendedProperty"
            ? ExtendedXml.Read(value)
            : throw Mismatch();
        return named.Name == field.Name
            ? With(draft, draft.Details.Properties.SetItem(field.Name, values))
            : throw Mismatch();
    }

    private static ItemDraft WithField(
        ItemDraft draft, ItemUpdate update, string field, NodaTime.DateTimeZone zone)
    {
        var writable = WritableFields.All.FirstOrDefault(one => one.Field == field);
        if (writable is null || field == "calendar:UID"
            || (draft.Own is not null && !writable.IsOfOccurrences))
        {
            throw ReadOnly();
        }

        if (update.Value is { } value && value.Name.LocalName != writable.Element)
        {
            throw Mismatch();
        }

        return update.Verb switch
        {
            "SetItemField" => writable.Set(draft, update.Value!, zone),
            "AppendToItemField" => (writable.Append ?? throw CannotAppend())(draft, update.Value!),
            _ => (writable.Delete ?? throw new EwsError("ErrorInvalidPropertyDelete",
                "Delete action is invalid for property."))(draft),
        };
    }

    private static ItemDraft With(
        ItemDraft draft,
        System.Collections.Immutable.ImmutableDictionary<
            PropertyName, System.Collections.Immutable.ImmutableArray<string>> properties) =>
        draft with { Details = draft.Details with { Properties = properties } };

    private static int PlaceOf(PropertyPath path) =>
        PlaceOf(path.Field?[(path.Field.IndexOf(':', StringComparison.Ordinal) + 1)..] ?? "");

    private static int PlaceOf(string element) =>
        element.EndsWith("TimeZone", StringComparison.Ordinal) ? 0 : 1;

    private static EwsError ReadOnly() =>
        new("ErrorInvalidPropertySet", "Set action is invalid for property.");

    private static EwsError CannotAppend() =>
        new("ErrorInvalidPropertyAppend", "Append action is invalid for property.");

    private static EwsError Mismatch() => new("ErrorUpdatePropertyMismatch",
        "The property to be updated is not the one that the path names.");
}
