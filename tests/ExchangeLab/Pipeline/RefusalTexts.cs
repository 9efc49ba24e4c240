namespace HybridCalendar.ExchangeLab.Pipeline;

/// <summary>What servers say beside some response codes.</summary>
internal static class RefusalTexts
{
    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["ErrorAccessDenied"] = "Access is denied. Check credentials and try again.",
        ["ErrorImpersonateUserDenied"] =
            "The account does not have permission to impersonate the requested user.",
        ["ErrorInternalServerError"] = "An internal server error occurred. The operation failed.",
        ["ErrorInternalServerTransientError"] =
            "An internal server error occurred. Try again later.",
        ["ErrorMailboxStoreUnavailable"] = "The mailbox database is temporarily unavailable.",
        ["ErrorNonExistentMailbox"] = "The SMTP address has no mailbox associated with it.",
        ["ErrorTimeoutExpired"] = "The request timed out.",
    };

    public static string Of(string code) => Known.GetValueOrDefault(code, "The request was refused: " + code);
}
