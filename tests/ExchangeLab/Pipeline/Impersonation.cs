using System.Xml.Linq;
using HybridCalendar.ExchangeLab.Ews;
using HybridCalendar.ExchangeLab.Model;

namespace HybridCalendar.ExchangeLab.Pipeline;

/// <summary>The mailbox in whose name a request speaks, from its ExchangeImpersonation header.</summary>
internal static class Impersonation
{
    private static readonly string[] Forms = ["PrincipalName", "SID", "PrimarySmtpAddress", "SmtpAddress"];

    /// <summary>The mailbox, or null when the request impersonates nobody.</summary>
    public static Mailbox? Read(XElement? header, Organization organization)
    {
        if (header?.Child("ExchangeImpersonation") is not { } impersonation)
        {
            return null;
        }

        var identity = IdentityIn(impersonation);
        var value = identity?.Value.Trim() ?? "";
        if (identity is null || value.Length == 0)
        {
            throw new EwsFault(
                "ErrorInvalidExchangeImpersonationHeaderData",
                "The data of the ExchangeImpersonation SOAP header is not valid.");
        }

        var mailbox = identity.Name.LocalName == "SID"
            ? organization.FindMailboxBySid(value)
            : organization.FindMailbox(value);
        return mailbox ?? throw new EwsFault(
            "ErrorNonExistentMailbox",
            identity.Name.LocalName.EndsWith("SmtpAddress", StringComparison.Ordinal)
                ? "The SMTP address has no mailbox associated with it."
                : "No mailbox with such guid.");
    }

    /// <summary>How a request names its mailbox, whether that exists or not; "" when it names none.</summary>
    public static string NameOf(XElement? header) =>
        header?.Child("ExchangeImpersonation") is { } impersonation
            ? IdentityIn(impersonation)?.Value.Trim() ?? ""
            : "";

    private static XElement? IdentityIn(XElement impersonation) => impersonation.Child("ConnectingSID")?
        .Elements().FirstOrDefault(element => Forms.Contains(element.Name.LocalName));
}
