using System.Globalization;

namespace HybridCalendar.Benchmarks.Lab;

/// <summary>What a client asks the lab for under load.</summary>
internal static class LabRequests
{
    private const string Namespaces = "xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\" "
        + "xmlns:m=\"http://schemas.microsoft.com/exchange/services/2006/messages\" "
        + "xmlns:t=\"http://schemas.microsoft.com/exchange/services/2006/types\"";

    /// <summary>The address of one of the mailboxes of the setting Lab:Mailboxes.</summary>
    public static string AddressOf(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"user{number:D6}@lab.example");

    public static string Envelope(string mailbox, string operation) =>
        $"<s:Envelope {Namespaces}><s:Header><t:RequestServerVersion Version=\"Exchange2013_SP1\"/>"
        + "<t:ExchangeImpersonation><t:ConnectingSID><t:PrimarySmtpAddress>" + mailbox
        + "</t:PrimarySmtpAddress></t:ConnectingSID></t:ExchangeImpersonation></s:Header><s:Body>" + operation
        + "</s:Body></s:Envelope>";

    public static string Sync(string state) =>
        "<m:SyncFolderItems><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:SyncFolderId>"
        + "<t:DistinguishedFolderId Id=\"calendar\"/></m:SyncFolderId>"
        + (state.Length == 0 ? "" : $"<m:SyncState>{state}</m:SyncState>")
        + "<m:MaxChangesReturned>512</m:MaxChangesReturned></m:SyncFolderItems>";

    public static string GetItem(IEnumerable<string> ids) =>
        "<m:GetItem><m:ItemShape><t:BaseShape>AllProperties</t:BaseShape></m:ItemShape><m:ItemIds>"
        + string.Concat(ids.Select(id => $"<t:ItemId Id=\"{id}\"/>")) + "</m:ItemIds></m:GetItem>";

    public static string GetUserOofSettings(string mailbox) =>
        $"<m:GetUserOofSettingsRequest><t:Mailbox><t:Address>{mailbox}</t:Address></t:Mailbox>"
        + "</m:GetUserOofSettingsRequest>";
}
