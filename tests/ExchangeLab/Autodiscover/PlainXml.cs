using System.Xml.Linq;

namespace HybridCalendar.ExchangeLab.Autodiscover;

/// <summary>POX ("plain old XML") Autodiscover: one mailbox, for Outlook's schema.</summary>
/// <seealso href="https://learn.microsoft.com/exchange/client-developer/web-service-reference/pox-autodiscover-web-service-reference-for-exchange"/>
internal sealed class PlainXml(MailboxAnswers answers)
{
    private const string Schemas = "http://schemas.microsoft.com/exchange/autodiscover/";
    private static readonly XNamespace Question = Schemas + "outlook/requestschema/2006";
    private static readonly XNamespace Root = Schemas + "responseschema/2006";
    private static readonly XNamespace Outlook = Schemas + "outlook/responseschema/2006a";

    /// <param name="document">The request; null when it is no XML.</param>
    public XElement Answer(HttpRequest http, XElement? document)
    {
        var request = document?.Element(Question + "Request");
        if (request?.Element(Question + "EMailAddress")?.Value.Trim() is not { Length: > 0 } address)
        {
            return Error(600, "Invalid Request");
        }

        return request.Element(Question + "AcceptableResponseSchema")?.Value.Trim() != Outlook.NamespaceName
            ? Error(601, "Provider is not available")
            : answers.Of(address, http) switch
            {
                MailboxAnswer.Found found => Settings(found),
                MailboxAnswer.Redirected { IsUrl: true } to => Account(
                    new XElement(Outlook + "Action", "redirectUrl"),
                    new XElement(Outlook + "RedirectUrl", to.Target)),
                MailboxAnswer.Redirected to => Account(
                    new XElement(Outlook + "Action", "redirectAddr"),
                    new XElement(Outlook + "RedirectAddr", to.Target)),
                MailboxAnswer.Failed { Code: "InvalidUser" } =>
                    Error(500, "The email address can't be found."),
                MailboxAnswer.Failed => Error(603, "The Active Directory cannot be contacted."),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
    }

    private static XElement Settings(MailboxAnswer.Found found) => Account(
    [
        new XElement(Outlook + "AccountType", "email"),
        new XElement(Outlook + "Action", "settings"),
        .. new[] { "EXCH", "EXPR" }.Select(type => new XElement(
            Outlook + "Protocol",
            new XElement(Outlook + "Type", type),
            new XElement(Outlook + "ASUrl", found.EwsUrl.AbsoluteUri),
            new XElement(Outlook + "EwsUrl", found.EwsUrl.AbsoluteUri),
            new XElement(Outlook + "OOFUrl", found.EwsUrl.AbsoluteUri),
            new XElement(Outlook + "GroupingInformation", found.Mailbox.Site.GroupingInformation))),
    ]);

    private static XElement Account(params XElement[] content) => new(
        Root + "Autodiscover",
        new XElement(Outlook + "Response", new XElement(Outlook + "Account", content)));

    private static XElement Error(int code, string sentence) => new(
        Root + "Autodiscover",
        new XElement(Root + "Response", new XElement(
            Root + "Error",
            new XElement(Root + "ErrorCode", code),
            new XElement(Root + "Message", sentence),
            new XElement(Root + "DebugData"))));
}
