using System.Xml.Linq;
using HybridCalendar.ExchangeLab.Model;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>The folder that a FolderId or DistinguishedFolderId element means.</summary>
internal static class FolderReference
{
    private static readonly Dictionary<string, Folder> Distinguished = new(StringComparer.Ordinal)
    {
        ["msgfolderroot"] = Folder.Root,
        ["inbox"] = Folder.Inbox,
        ["calendar"] = Folder.Calendar,
        ["deleteditems"] = Folder.DeletedItems,
    };

    /// <summary>The distinguished name of a folder.</summary>
    public static string NameOf(Folder folder) => Distinguished.First(pair => pair.Value == folder).Key;

    /// <summary>
    /// The folder of the impersonated mailbox; everything else is an error of this one folder.
    /// </summary>
    public static Folder Read(XElement id, EwsCall call)
    {
        var value = id.NeedAttr("Id");
        if (id.Name.LocalName == "DistinguishedFolderId")
        {
            CheckMailbox(id, call);
            return Distinguished.TryGetValue(value, out var folder) ? folder : throw NotFound();
        }

        var (mailbox, meant) = ItemIds.ReadFolder(value) ?? throw EwsError.MalformedId();
        return mailbox == call.Mailbox.Id ? meant : throw NotFound();
    }

    /// <summary>The first folder inside a parent element.</summary>
    public static Folder ReadFirst(XElement parent, EwsCall call) => Read(
        parent.Elements().FirstOrDefault() ?? throw EwsFault.SchemaViolation(
            $"The element '{parent.Name.LocalName}' has incomplete content."),
        call);

    private static void CheckMailbox(XElement id, EwsCall call)
    {
        var own = call.Mailbox;
        if (id.Child("Mailbox")?.Child("EmailAddress")?.Value.Trim() is not { } address)
        {
            return;
        }

        var mailbox = call.Organization.FindMailbox(address) ?? throw new EwsError(
            "ErrorNonExistentMailbox", "The SMTP address has no mailbox associated with it.");
        if (mailbox != own)
        {
            throw NotFound();
        }
    }

    private static EwsError NotFound() =>
        new("ErrorFolderNotFound", "The specified folder could not be found in the store.");
}
