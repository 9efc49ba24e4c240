using System.Globalization;
using System.Text;
using HybridCalendar.ExchangeLab.Model;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>The properties of calendar items that the lab has, in the order of the schema.</summary>
internal static class ItemProperties
{
    /// <summary>Marks the place where extended properties stand.</summary>
    public const string ExtendedSlot = "(extended)";

    /// <summary>What an item weighs besides its texts, in bytes.</summary>
    private const int SizeBaseBytes = 3000;

    public static IReadOnlyList<ItemProperty> All { get; } =
        [.. Identity, .. Mail, .. CalendarProperties.All, .. SeriesProperties.All];

    private static IEnumerable<ItemProperty> Identity =>
    [
        new("item:ItemId", c => c.Xml.Id("ItemId", c.Item.Id, c.Entry.ChangeKey)) { IsDefault = true },
        new("item:ParentFolderId", c => c.Xml.Id(
            "ParentFolderId", ItemIds.FolderId(c.Entry.Mailbox.Id, c.Entry.Folder), "AQAAAA==")),
        new("item:ItemClass", c => c.Xml.T("ItemClass", ClassOf(c.Item))),
        new("item:Subject", c => c.Xml.T("Subject", c.Text(c.Entry.SubjectOf(c.Occurrence))))
        {
            IsDefault = true,
        },
        new("item:Sensitivity", c => c.Xml.T("Sensitivity", c.Content.Sensitivity.ToString()))
        {
            IsDefault = true,
        },
        new("item:Body", WriteBody) { IsDefault = true, IsGetItemOnly = true },
    ];

    private static IEnumerable<ItemProperty> Mail =>
    [
        new("item:DateTimeReceived", c => c.Xml.T("DateTimeReceived", c.Entry.Created)),
        new("item:Size", c => c.Xml.T("Size", SizeBaseBytes + Encoding.UTF8.GetByteCount(c.Body.Text))),
        new("item:Categories", WriteCategories),
        new("item:Importance", c => c.Xml.T("Importance", c.Item.Details.Importance)),
        new("item:IsSubmitted", c => c.Xml.T("IsSubmitted", false)),
        new("item:IsDraft", c => c.Xml.T("IsDraft", false)),
        new("item:IsFromMe", c => c.Xml.T("IsFromMe", false)),
        new("item:IsResend", c => c.Xml.T("IsResend", false)),
        new("item:IsUnmodified", c => c.Xml.T("IsUnmodified", false)),
        new("item:DateTimeSent", c => c.Xml.T("DateTimeSent", c.Entry.Created)),
        new("item:DateTimeCreated", c => c.Xml.T("DateTimeCreated", c.Entry.Created)),
        new("item:ReminderDueBy", c => c.Xml.T("ReminderDueBy", c.Occurrence.Start)),
        new("item:ReminderIsSet", c => c.Xml.T(
            "ReminderIsSet", c.Item.Details.ReminderIsSet ?? !c.Content.AllDay)),
        new("item:ReminderMinutesBeforeStart", c => c.Xml.T(
            "ReminderMinutesBeforeStart", c.Item.Details.ReminderMinutes)),
        new("item:DisplayCc", c => c.Xml.T("DisplayCc", Names(c, c.Content.Optional))),
        new("item:DisplayTo", c => c.Xml.T("DisplayTo", Names(c, c.Content.Required))),
        new("item:HasAttachments", c => c.Xml.T("HasAttachments", false)) { IsDefault = true },
        new(ExtendedSlot, _ => { }),
        new("item:Culture", c => c.Xml.T("Culture", "en-US")),
        new("item:EffectiveRights", WriteRights),
        new("item:LastModifiedName", c => c.Xml.T("LastModifiedName", WriterOf(c))),
        new("item:LastModifiedTime", c => c.Xml.T("LastModifiedTime", c.Entry.Modified)),
        new("item:IsAssociated", c => c.Xml.T("IsAssociated", false)),
        new("item:ConversationId", c => c.Xml.Id("ConversationId", Conversation(c.Entry))),
    ];

    private static string ClassOf(ItemView item) => item.Entry.IsMessage
        ? "IPM.Note"
        : item.Kind == ItemKind.Exception
        ? "IPM.OLE.CLASS.{00061055-0000-0000-C000-000000000046}"
        : "IPM.Appointment";

    private static string WriterOf(ItemContext c) => c.Entry.IsOrganizer && c.Content.Delegate is { } writer
        ? c.Call.Organization.NameOf(writer)
        : c.Entry.Mailbox.Name;

    private static string Names(ItemContext context, IEnumerable<string> addresses) =>
        string.Join("; ", addresses.Select(context.Call.Organization.NameOf));

    private static string Conversation(CalendarEntry entry)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"conversation/{entry.Serial:D12}");
        return Convert.ToBase64String(Encoding.ASCII.GetBytes(name));
    }

    private static void WriteCategories(ItemContext c)
    {
        if (c.Item.Details.Categories.IsEmpty)
        {
            return;
        }

        c.Xml.StartT("Categories");
        foreach (var category in c.Item.Details.Categories)
        {
            c.Xml.T("String", c.Text(category));
        }

        c.Xml.WriteEndElement();
    }

    private static void WriteBody(ItemContext c)
    {
        var (type, text) = BodyText.As(c.Shape.BodyType, c.Body.Text, c.Body.IsHtml);
        var given = BodyText.Start(text, c.Shape.BodyBytesMax);
        c.Xml.StartT("Body");
        c.Xml.WriteAttributeString("BodyType", type);
        c.Xml.WriteAttributeString("IsTruncated", given.Length < text.Length ? "true" : "false");
        c.Xml.WriteString(c.Text(given));
        c.Xml.WriteEndElement();
    }

    private static void WriteRights(ItemContext c)
    {
        c.Xml.StartT("EffectiveRights");
        c.Xml.T("CreateAssociated", false);
        c.Xml.T("CreateContents", false);
        c.Xml.T("CreateHierarchy", false);
        c.Xml.T("Delete", true);
        c.Xml.T("Modify", true);
        c.Xml.T("Read", true);
        c.Xml.WriteEndElement();
    }
}
