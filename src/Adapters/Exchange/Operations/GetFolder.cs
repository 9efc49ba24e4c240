using System.Xml;
using HybridCalendar.Adapters.Exchange.Soap;

namespace HybridCalendar.Adapters.Exchange.Operations;

/// <summary>A folder of a mailbox.</summary>
/// <param name="Id">Stable for the life of the folder.</param>
internal sealed record Folder(string Id);

/// <summary>Asks for the calendar of a mailbox: the cheapest way to learn whether it can be read.</summary>
/// <seealso href="https://learn.microsoft.com/exchange/client-developer/web-service-reference/getfolder-operation"/>
internal static class GetFolder
{
    internal static void Write(XmlWriter xml) => xml.Message("GetFolder", () =>
    {
        xml.Message("FolderShape", () => xml.Type("BaseShape", "IdOnly"));
        xml.Message("FolderIds", xml.CalendarFolder);
    });

    internal static Parsed<Folder> Read(Stream reply) =>
        SoapReply.Single(reply, "GetFolderResponse", "", ReadFolders)
        .Then<Folder>(id => id.Length > 0
            ? new Parsed<Folder>.Answer(new Folder(id))
            : SoapReply.Malformed<Folder>("no FolderId"));

    private static string ReadFolders(XmlCursor xml, string id)
    {
        if (xml.Name != "Folders")
        {
            return id;
        }

        var inFolders = xml.Enter();
        while (xml.Next(inFolders))
        {
            var inFolder = xml.Enter();
            while (xml.Next(inFolder))
            {
                if (xml.Name == "FolderId")
                {
                    id = xml.Attribute("Id") ?? id;
                }
            }
        }

        return id;
    }
}
