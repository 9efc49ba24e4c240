using System.Xml.Linq;

namespace HybridCalendar.Contract.ExchangeLab;

/// <summary>Hand-written requests and the parts of replies that tests look at.</summary>
internal static class Wire
{
    public static readonly XNamespace S = "http://schemas.xmlsoap.org/soap/envelope/";
    public static readonly XNamespace M = "http://schemas.microsoft.com/exchange/services/2006/messages";
    public static readonly XNamespace T = "http://schemas.microsoft.com/exchange/services/2006/types";

    public const string Calendar = "<t:DistinguishedFolderId Id=\"calendar\"/>";

    /// <summary>An envelope around an operation, in the name of a mailbox (null for nobody).</summary>
    public static string Envelope(string operation, string? mailbox, string version = "Exchange2013_SP1") =>
        "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\" "
        + $"xmlns:m=\"{M}\" xmlns:t=\"{T}\"><s:Header><t:RequestServerVersion Version=\"{version}\"/>"
        + (mailbox is null ? "" : Impersonation("PrimarySmtpAddress", mailbox))
        + $"</s:Header><s:Body>{operation}</s:Body></s:Envelope>";

    public static string Impersonation(string form, string value) =>
        $"<t:ExchangeImpersonation><t:ConnectingSID><t:{form}>{value}</t:{form}></t:ConnectingSID>"
        + "</t:ExchangeImpersonation>";

    public static string Shape(string baseShape, string more = "") =>
        $"<m:ItemShape><t:BaseShape>{baseShape}</t:BaseShape>{more}</m:ItemShape>";

    public static string GetItem(string ids, string shape = "AllProperties", string more = "") =>
        $"<m:GetItem>{Shape(shape, more)}<m:ItemIds>{ids}</m:ItemIds></m:GetItem>";

    public static string ItemId(string id) => $"<t:ItemId Id=\"{id}\"/>";

    public static string FindView(string from, string to, string shape = "AllProperties", string max = "") =>
        $"<m:FindItem Traversal=\"Shallow\">{Shape(shape)}<m:CalendarView {max} StartDate=\"{from}\" "
        + $"EndDate=\"{to}\"/><m:ParentFolderIds>{Calendar}</m:ParentFolderIds></m:FindItem>";

    public static string FindPage(int offset, int count) =>
        $"<m:FindItem Traversal=\"Shallow\">{Shape("AllProperties")}<m:IndexedPageItemView "
        + $"MaxEntriesReturned=\"{count}\" Offset=\"{offset}\" BasePoint=\"Beginning\"/>"
        + $"<m:ParentFolderIds>{Calendar}</m:ParentFolderIds></m:FindItem>";

    public static string Sync(string state, int max = 512, string shape = "IdOnly") =>
        $"<m:SyncFolderItems>{Shape(shape)}<m:SyncFolderId>{Calendar}</m:SyncFolderId>"
        + (state.Length > 0 ? $"<m:SyncState>{state}</m:SyncState>" : "")
        + $"<m:MaxChangesReturned>{max}</m:MaxChangesReturned></m:SyncFolderItems>";

    public static string Subscribe(params string[] events) =>
        $"<m:Subscribe><m:StreamingSubscriptionRequest><t:FolderIds>{Calendar}</t:FolderIds><t:EventTypes>"
        + string.Concat(events.Select(name => $"<t:EventType>{name}</t:EventType>"))
        + "</t:EventTypes></m:StreamingSubscriptionRequest></m:Subscribe>";

    public static string Stream(params string[] ids) =>
        "<m:GetStreamingEvents><m:SubscriptionIds>"
        + string.Concat(ids.Select(id => $"<t:SubscriptionId>{id}</t:SubscriptionId>"))
        + "</m:SubscriptionIds><m:ConnectionTimeout>1</m:ConnectionTimeout></m:GetStreamingEvents>";

    public static string Oof(string address) =>
        $"<m:GetUserOofSettingsRequest><t:Mailbox><t:Address>{address}</t:Address></t:Mailbox>"
        + "</m:GetUserOofSettingsRequest>";

    public static XElement Body(XElement envelope) => envelope.Element(S + "Body")!.Elements().Single();

    /// <summary>The first value with a local name, anywhere.</summary>
    public static string? Value(this XElement element, string name) =>
        element.Descendants().FirstOrDefault(one => one.Name.LocalName == name)?.Value;

    public static IEnumerable<XElement> All(this XElement element, string name) =>
        element.Descendants().Where(one => one.Name.LocalName == name);

    public static IEnumerable<string> Codes(this XElement element) =>
        element.All("ResponseCode").Select(code => code.Value);

    /// <summary>The id of an item or of an occurrence's entry.</summary>
    public static string ItemId(this XElement item) => item.Element(T + "ItemId")!.Attribute("Id")!.Value;

    /// <summary>The ids of the items themselves, without those inside of them.</summary>
    public static IEnumerable<string> ItemIds(this XElement element) =>
        element.All("CalendarItem").Select(item => item.ItemId());
}
