using System.Text;

namespace HybridCalendar.Contract.Exchange.Mutation;

/// <summary>What replies should not hold, and what readers stumble over.</summary>
internal static class Hostile
{
    private const string Base = "http://schemas.microsoft.com/exchange/services/2006";

    internal static readonly byte[][] Bytes = Utf8(
        "<", ">", "&", "</", "/>", "<!", "<?", "<![CDATA[", "]]>", "<!--", "-->", "&#0;", "&#x1F;",
        "&#xD800;", "&#xDFFF;", "&#x110000;", "&#99999999999;", "&#;", "&a;", "&lol9;", "<!DOCTYPE a>",
        "<?xml version='1.1'?>", "<t:Start>", "</s:Envelope>", "<s:Envelope>", "<Envelope", "xmlns=\"\"",
        " xmlns:t=\"\"", " a=\"", "\0", "\u0001", "\u0085", "\u2028", "\uFEFF", "\uFFFE", "\uFFFF",
        "\U0010FFFF",
        "<html><body><br>Server Error in '/EWS' Application</body></html>").Concat(
        [[0xFF], [0xFE], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82]]).ToArray();

    internal static readonly byte[][] Values = Utf8(
        "", " ", "0", "-1", "1", "+5", "35", "999", "2147483647", "2147483648", "-2147483649",
        "99999999999999999999", "1e400", "NaN", "INF", "-INF", "0x10", "1,5", "\u0663", "true", "false",
        "TRUE", "Error", "NoError", "ErrorServerBusy", "ErrorItemNotFound", "a.person@example.org", "Closed",
        "Scheduled", "RecurringMaster", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z",
        "-0001-01-01T00:00:00Z", "10000-01-01T00:00:00Z", "99999-01-01T00:00:00Z", "2026-02-30T00:00:00Z",
        "2026-01-01T24:00:00Z", "2026-01-01T25:00:00Z", "2026-01-01T00:00:00", "2026-01-01", "2026-01-01Z",
        "2026-01-01+14:00", "4500-08-31T23:00:00-14:00", "1601-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-18:00", "-9998-01-01T00:00:00+18:00",
        "2026-01-01T00:00:00.12345678901234567890Z", "2026-01-01T00:00:00+99:99", "2026-1-1T0:0:0Z",
        "Monday Tuesday", "Day", "Weekday WeekendDay", "monday", "Last", "February", "UTC",
        "tzone://Microsoft/Custom", "Europe/Berlin", "====", "AAAA", "A", "&#0;&#x1F;", "&#xD83D;&#xDE00;",
        "<![CDATA[<a>]]>", "<t:Start>2026-01-01T00:00:00Z</t:Start>", "<!-- -->", "&lt;",
        "\u202E\u0000\uFFFF");

    internal static readonly byte[][] Filler = Utf8(
        "a", " ", "\n", "9", "&#0;", "&#xD800;", "&amp;", "\u0001", "\u00E9", "\U0001F600", "&#x1F600;",
        "<![CDATA[]]>", "<!-- -->", "<a/>", "&lt;a href=", "&lt;", "http://", "sip:1@", "@", "1@a.", "\r\n> ",
        "a@b.example ", "%25");

    internal static readonly string[] Prefixes = ["a", "t:Start", "xmlns:a", "t:", "m:a"];

    internal static readonly byte[][] Children = Utf8(
        "<a/>", "<t:a/>", "<m:Notifications/>", "<m:Changes/>", "<m:Items/>", "<t:CalendarItem/>",
        "<t:Create/>", "<t:Delete/>", "<t:Attendee/>",
        "<t:Attendee><t:Mailbox><t:Name>a</t:Name></t:Mailbox></t:Attendee>", "<t:Occurrence/>",
        "<t:Occurrence><t:ItemId Id='a'/></t:Occurrence>", "<t:DeletedOccurrence/>",
        "<t:DeletedOccurrence><t:Start>2026-01-01T00:00:00Z</t:Start></t:DeletedOccurrence>",
        "<t:Notification><t:SubscriptionId>a</t:SubscriptionId><t:a/></t:Notification>",
        "<t:Value Name='a'/>");

    internal static readonly string[] Namespaces =
    [
        $"{Base}/messages", $"{Base}/types", $"{Base}/errors", "http://schemas.xmlsoap.org/soap/envelope/",
        "http://www.w3.org/2003/05/soap-envelope", "https://schemas.xmlsoap.org/soap/envelope/", "urn:other",
        "xmlns:t", "xmlns:m", "xmlns:s", "xmlns", "<t:", "<m:", "<s:", "</t:", "</m:", "</s:",
    ];

    internal static readonly Encoding[] Encodings =
    [
        new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32,
        new UTF32Encoding(true, true), Encoding.Latin1, Encoding.ASCII,
    ];

    internal static readonly byte[][] Doctypes = Utf8(
        "<!DOCTYPE a>", "<!DOCTYPE a SYSTEM 'file:///etc/hostname'>",
        "<!DOCTYPE a SYSTEM 'http://127.0.0.1:9/a.dtd'>",
        "<!DOCTYPE a [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>",
        "<!DOCTYPE a [<!ENTITY % a SYSTEM 'http://127.0.0.1:9/a.dtd'> %a;]>",
        "<!DOCTYPE a [<!ENTITY lol 'lol'>" + string.Concat(Enumerable.Range(1, 9).Select(n =>
            $"<!ENTITY lol{n} '{string.Concat(Enumerable.Repeat($"&lol{(n == 1 ? "" : n - 1)};", 10))}'>"))
        + "]>");

    private static byte[][] Utf8(params string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];
}
