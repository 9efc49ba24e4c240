using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using HybridCalendar.ExchangeLab.Model;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>
/// The operation that describes folders; clients also use it to see whether a mailbox exists.
/// </summary>
internal static class GetFolder
{
    /// <summary>The folder property that moves with every change (PR_LOCAL_COMMIT_TIME_MAX).</summary>
    private const int LocalCommitTimeMaxTag = 0x670A;

    /// <summary>The folder property that counts deletions (PR_DELETED_COUNT_TOTAL).</summary>
    private const int DeletedCountTotalTag = 0x670B;

    private const string FolderChangeKey = "AQAAAA==";

    public static void Answer(EwsCall call, ReplyWriter reply)
    {
        var shape = call.Request.Need("FolderShape");
        _ = call.Mailbox;
        reply.Start("GetFolder");
        foreach (var id in call.Request.Need("FolderIds").Elements())
        {
            try
            {
                var folder = FolderReference.Read(id, call);
                reply.Success(xml =>
                {
                    xml.StartM("Folders");
                    Write(xml, folder, shape, call);
                    xml.WriteEndElement();
                });
            }
            catch (EwsError error)
            {
                reply.Error(error, xml =>
                {
                    xml.StartM("Folders");
                    xml.WriteEndElement();
                });
            }
        }
    }

    private static void Write(XmlWriter xml, Folder folder, XElement shape, EwsCall call)
    {
        var mailbox = call.Mailbox;
        var paths = shape.Child("AdditionalProperties")?.Elements().ToList() ?? [];
        var isIdOnly = shape.Need("BaseShape").Value == "IdOnly";
        bool Wants(string field) =>
            !isIdOnly || paths.Any(path => path.Attr("FieldURI") == "folder:" + field);

        xml.StartT(folder == Folder.Calendar ? "CalendarFolder" : "Folder");
        xml.Id("FolderId", ItemIds.FolderId(mailbox.Id, folder), FolderChangeKey);
        if (Wants("ParentFolderId"))
        {
            xml.Id("ParentFolderId", ItemIds.FolderId(mailbox.Id, Folder.Root), FolderChangeKey);
        }

        if (Wants("FolderClass"))
        {
            xml.T("FolderClass", folder == Folder.Calendar ? "IPF.Appointment" : "IPF.Note");
        }

        if (Wants("DisplayName"))
        {
            xml.T("DisplayName", folder switch
            {
                Folder.Root => "Top of Information Store",
                Folder.DeletedItems => "Deleted Items",
                _ => folder.ToString(),
            });
        }

        if (Wants("TotalCount"))
        {
            xml.T("TotalCount", mailbox.In(folder).Count());
        }

        if (Wants("ChildFolderCount"))
        {
            xml.T("ChildFolderCount", folder == Folder.Root ? 3 : 0);
        }

        foreach (var path in paths.Where(path => path.Name.LocalName == "ExtendedFieldURI"))
        {
            WriteExtended(xml, folder, ExtendedField.Read(path), mailbox);
        }

        if (Wants("DistinguishedFolderId") && call.Version >= ServerVersion.Exchange2013)
        {
            xml.T("DistinguishedFolderId", FolderReference.NameOf(folder));
        }

        if (Wants("UnreadCount") && folder != Folder.Calendar)
        {
            xml.T("UnreadCount", 0);
        }

        xml.WriteEndElement();
    }

    private static void WriteExtended(XmlWriter xml, Folder folder, ExtendedField field, Mailbox mailbox)
    {
        var entries = mailbox.In(folder).ToList();
        var value = field.Name.Tag switch
        {
            LocalCommitTimeMaxTag when entries.Count > 0 =>
                XmlWriting.Wire(entries.Max(entry => entry.Modified)),
            DeletedCountTotalTag => mailbox.DeletedCount(folder).ToString(CultureInfo.InvariantCulture),
            _ => null,
        };
        if (value is not null)
        {
            ExtendedXml.Write(xml, field, [value]);
        }
    }
}
