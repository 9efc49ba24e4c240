namespace HybridCalendar.ExchangeLab.Autodiscover;

/// <summary>Autodiscover v2: an address of one protocol for one mailbox, for anybody who asks.</summary>
internal sealed class VersionTwo(MailboxAnswers answers)
{
    public IResult Answer(HttpRequest http, string address, string? protocol) =>
        (protocol?.ToUpperInvariant(), answers.Of(address, http)) switch
        {
            (null, _) => Refuse(400, "MandatoryParameterMissing", "A value must be provided for Protocol."),
            (not ("EWS" or "AUTODISCOVERV1"), _) => Refuse(
                400, "InvalidProtocol", $"The protocol '{protocol}' is invalid: AutodiscoverV1, Ews."),
            (_, MailboxAnswer.Redirected { IsUrl: true } to) => Results.Redirect(to.Target),
            ("EWS", MailboxAnswer.Found found) => Tell(protocol!, found.EwsUrl.AbsoluteUri),
            (_, MailboxAnswer.Found) => Tell(
                protocol!, $"{http.Scheme}://{http.Host}{AutodiscoverEndpoints.PlainXmlPath}"),
            _ => Refuse(404, "UserNotFound", "The given user is not found."),
        };

    private static IResult Tell(string protocol, string url) =>
        Json(200, new() { ["Protocol"] = protocol, ["Url"] = url });

    private static IResult Refuse(int status, string code, string sentence) =>
        Json(status, new() { ["ErrorCode"] = code, ["ErrorMessage"] = sentence });

    private static IResult Json(int status, Dictionary<string, string> members) =>
        Results.Json(members, statusCode: status);
}
