using System.Xml;
using System.Xml.Linq;
using HybridCalendar.ExchangeLab.Model;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>
/// The operation that writes item ids in other formats. It checks no mailbox and no existence.
/// </summary>
internal static class ConvertId
{
    private static readonly string[] Formats =
        ["EwsLegacyId", "EwsId", "EntryId", "HexEntryId", "StoreId", "OwaId"];

    public static void Answer(EwsCall call, ReplyWriter reply)
    {
        var format = Format(call.Request.NeedAttr("DestinationFormat"));
        reply.Start("ConvertId");
        foreach (var source in call.Request.Need("SourceIds").Elements())
        {
            try
            {
                var converted = Convert(source, format);
                reply.Success(xml => Write(xml, format, converted, source.NeedAttr("Mailbox")));
            }
            catch (EwsError error)
            {
                reply.Error(error);
            }
        }
    }

    private static string Convert(XElement source, string format)
    {
        if (source.Name.LocalName != "AlternateId")
        {
            throw new EwsError("ErrorUnsupportedTypeForConversion", "Public folder ids are not converted.");
        }

        if (!source.NeedAttr("Mailbox").Contains('@', StringComparison.Ordinal))
        {
            throw new EwsError("ErrorInvalidSmtpAddress", "The SMTP address format is invalid.");
        }

        var name = Read(Format(source.NeedAttr("Format")), source.NeedAttr("Id"))
            ?? throw EwsError.MalformedId();
        return Write(format, name);
    }

    private static string Format(string format) => Formats.Contains(format)
        ? format
        : throw EwsFault.SchemaViolation($"The format attribute is invalid: '{format}'.");

    private static ItemName? Read(string format, string id)
    {
        if (format is "EwsId" or "EwsLegacyId")
        {
            return ItemIds.ReadItem(id);
        }

        var isHex = format == "HexEntryId";
        var text = format == "OwaId" ? Uri.UnescapeDataString(id) : id;
        if (isHex ? text.Length % 2 != 0 || !text.All(Uri.IsHexDigit) : !IsBase64(text))
        {
            return null;
        }

        return ItemIds.ReadEntryId(isHex
            ? System.Convert.FromHexString(text)
            : System.Convert.FromBase64String(text));
    }

    private static bool IsBase64(string text) =>
        System.Convert.TryFromBase64String(text, new byte[text.Length], out _);

    private static string Write(string format, ItemName name)
    {
        var entry = ItemIds.EntryId(name.Mailbox, name.Serial);
        return format switch
        {
            "EwsId" or "EwsLegacyId" when name.OriginalStart is { } start =>
                ItemIds.Occurrence(name.Mailbox, name.Serial, start),
            "EwsId" or "EwsLegacyId" => ItemIds.Item(name.Mailbox, name.Serial),
            "HexEntryId" => System.Convert.ToHexString(entry),
            "OwaId" => Uri.EscapeDataString(System.Convert.ToBase64String(entry)),
            _ => System.Convert.ToBase64String(entry),
        };
    }

    private static void Write(XmlWriter xml, string format, string id, string mailbox)
    {
        xml.StartM("AlternateId");
        xml.WriteAttributeString("xsi", "type", EwsNames.Xsi, "t:AlternateIdType");
        xml.WriteAttributeString("Format", format);
        xml.WriteAttributeString("Id", id);
        xml.WriteAttributeString("Mailbox", mailbox);
        xml.WriteEndElement();
    }
}
