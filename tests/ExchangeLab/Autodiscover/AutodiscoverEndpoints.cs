using System.Xml;
using System.Xml.Linq;
using HybridCalendar.ExchangeLab.Authentication;
using HybridCalendar.ExchangeLab.Model;
using HybridCalendar.ExchangeLab.Pipeline;

namespace HybridCalendar.ExchangeLab.Autodiscover;

/// <summary>The addresses of Autodiscover, and what controls them.</summary>
internal static class AutodiscoverEndpoints
{
    public const string PlainXmlPath = "/autodiscover/autodiscover.xml";
    private const string SoapPath = "/autodiscover/autodiscover.svc";
    private const string JsonPath = "/autodiscover/autodiscover.json/v1.0/{address}";
    private const string XmlType = "text/xml; charset=utf-8";

    public static IServiceCollection AddAutodiscover(this IServiceCollection services) => services
        .AddSingleton<MailboxAnswers>()
        .AddSingleton<GetUserSettings>()
        .AddSingleton<PlainXml>()
        .AddSingleton<VersionTwo>();

    public static void MapAutodiscover(this WebApplication app)
    {
        app.MapGet("/lab/autodiscover", (MailboxAnswers answers) => answers.Settings);
        app.MapPut("/lab/autodiscover", (AutodiscoverSettings settings, MailboxAnswers answers) =>
            answers.Settings = Check(settings));
        app.MapPost(SoapPath, AnswerSoap);
        app.MapPost(PlainXmlPath, AnswerPlainXml);
        app.MapGet(PlainXmlPath, AnswerSignpost);
        app.MapGet(JsonPath, AnswerVersionTwo);
    }

    private static AutodiscoverSettings Check(AutodiscoverSettings settings) => settings.MostUsers > 0
        ? settings
        : throw new LabRefusal("mostUsers is too small: give a number from 1 on.");

    private static async Task<IResult> AnswerSoap(
        HttpContext http, MailboxAnswers answers, SignIn signIn, ReplyHeaders headers, GetUserSettings soap)
    {
        if (await Stop(http, answers.Settings, answers.Settings.Soap, signIn, headers) is { } other)
        {
            return other;
        }

        var reply = await Read(http) is { } envelope
            ? soap.Answer(http.Request, envelope)
            : GetUserSettings.Fault("DeserializationFailed", "The message is not XML.");
        var isFault = reply.Descendants().Any(element => element.Name.LocalName == "Fault");
        return Xml(reply, isFault ? StatusCodes.Status500InternalServerError : StatusCodes.Status200OK);
    }

    private static async Task<IResult> AnswerPlainXml(
        HttpContext http, MailboxAnswers answers, SignIn signIn, ReplyHeaders headers, PlainXml plain) =>
        await Stop(http, answers.Settings, answers.Settings.PlainXml, signIn, headers)
        ?? Xml(plain.Answer(http.Request, await Read(http)), StatusCodes.Status200OK);

    private static async Task<IResult> AnswerSignpost(
        HttpContext http, MailboxAnswers answers, SignIn signIn, ReplyHeaders headers)
    {
        headers.Write(http);
        return answers.Settings.Signpost is { } target ? Results.Redirect(target.AbsoluteUri)
            : await signIn.Identify(http, http.RequestAborted) is null ? Results.Empty
            : Results.StatusCode(StatusCodes.Status405MethodNotAllowed);
    }

    private static IResult AnswerVersionTwo(
        HttpContext http, string address, string? protocol, MailboxAnswers answers, VersionTwo versionTwo) =>
        answers.Settings.Found is { } target ? Results.Redirect(target.AbsoluteUri)
        : answers.Settings.VersionTwo ? versionTwo.Answer(http.Request, address, protocol)
        : Results.NotFound();

    // What is answered instead of the question, if anything.
    private static async Task<IResult?> Stop(
        HttpContext http, AutodiscoverSettings settings, bool isThere, SignIn signIn, ReplyHeaders headers)
    {
        headers.Write(http);
        return settings.Found is { } target ? Results.Redirect(target.AbsoluteUri)
            : await signIn.Identify(http, http.RequestAborted) is null ? Results.Empty
            : isThere ? null
            : Results.NotFound();
    }

    private static async Task<XElement?> Read(HttpContext http)
    {
        var settings = new XmlReaderSettings { Async = true, DtdProcessing = DtdProcessing.Prohibit };
        try
        {
            using var reader = XmlReader.Create(http.Request.Body, settings);
            return (await XDocument.LoadAsync(reader, LoadOptions.None, http.RequestAborted)).Root;
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static IResult Xml(XElement reply, int status) => Results.Content(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>" + reply.ToString(SaveOptions.DisableFormatting),
        XmlType,
        statusCode: status);
}
