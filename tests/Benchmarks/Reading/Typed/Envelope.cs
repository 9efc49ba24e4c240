using System.Xml.Serialization;

namespace HybridCalendar.Benchmarks.Reading.Typed;

/// <summary>The namespaces of SOAP 1.1 and of Exchange, as attributes want them.</summary>
public static class Of
{
    public const string Soap = "http://schemas.xmlsoap.org/soap/envelope/";
    public const string Messages = "http://schemas.microsoft.com/exchange/services/2006/messages";
    public const string Types = "http://schemas.microsoft.com/exchange/services/2006/types";
}

/// <summary>A reply as classes of the schema, read by XmlSerializer: what a generated client does.</summary>
[XmlRoot("Envelope", Namespace = Of.Soap)]
public sealed class Envelope
{
    public Header? Header { get; set; }

    public Body? Body { get; set; }
}

public sealed class Header
{
    [XmlElement(Namespace = Of.Types)]
    public ServerVersionInfo? ServerVersionInfo { get; set; }
}

public sealed class ServerVersionInfo
{
    [XmlAttribute]
    public int MajorVersion { get; set; }

    [XmlAttribute]
    public int MinorVersion { get; set; }

    [XmlAttribute]
    public int MajorBuildNumber { get; set; }

    [XmlAttribute]
    public int MinorBuildNumber { get; set; }

    [XmlAttribute]
    public string? Version { get; set; }
}

public sealed class Body
{
    [XmlElement(Namespace = Of.Messages)]
    public GetItemResponse? GetItemResponse { get; set; }

    [XmlElement(Namespace = Of.Messages)]
    public FindItemResponse? FindItemResponse { get; set; }

    [XmlElement(Namespace = Of.Messages)]
    public SyncFolderItemsResponse? SyncFolderItemsResponse { get; set; }
}

[XmlType(Namespace = Of.Messages)]
public sealed class GetItemResponse
{
    [XmlArrayItem("GetItemResponseMessage")]
    public List<GetItemResponseMessage> ResponseMessages { get; set; } = [];
}

[XmlType(Namespace = Of.Messages)]
public sealed class FindItemResponse
{
    [XmlArrayItem("FindItemResponseMessage")]
    public List<FindItemResponseMessage> ResponseMessages { get; set; } = [];
}

[XmlType(Namespace = Of.Messages)]
public sealed class SyncFolderItemsResponse
{
    [XmlArrayItem("SyncFolderItemsResponseMessage")]
    public List<SyncFolderItemsResponseMessage> ResponseMessages { get; set; } = [];
}

public enum ResponseClass
{
    Success,
    Warning,
    Error,
}

[XmlType(Namespace = Of.Messages)]
public abstract class ResponseMessage
{
    [XmlAttribute]
    public ResponseClass ResponseClass { get; set; }

    public string? MessageText { get; set; }

    public string? ResponseCode { get; set; }

    public int DescriptiveLinkKey { get; set; }
}

[XmlType(Namespace = Of.Messages)]
public sealed class GetItemResponseMessage : ResponseMessage
{
    [XmlArrayItem("CalendarItem", Namespace = Of.Types)]
    public List<CalendarItem> Items { get; set; } = [];
}

[XmlType(Namespace = Of.Messages)]
public sealed class FindItemResponseMessage : ResponseMessage
{
    public RootFolder? RootFolder { get; set; }
}

[XmlType(Namespace = Of.Types)]
public sealed class RootFolder
{
    [XmlAttribute]
    public int TotalItemsInView { get; set; }

    [XmlAttribute]
    public bool IncludesLastItemInRange { get; set; }

    [XmlArrayItem("CalendarItem")]
    public List<CalendarItem> Items { get; set; } = [];
}

[XmlType(Namespace = Of.Messages)]
public sealed class SyncFolderItemsResponseMessage : ResponseMessage
{
    public string? SyncState { get; set; }

    public bool IncludesLastItemInRange { get; set; }

    [XmlArrayItem("Create", Namespace = Of.Types)]
    public List<Create> Changes { get; set; } = [];
}

[XmlType(Namespace = Of.Types)]
public sealed class Create
{
    public CalendarItem? CalendarItem { get; set; }

    public CalendarItem? Message { get; set; }
}
