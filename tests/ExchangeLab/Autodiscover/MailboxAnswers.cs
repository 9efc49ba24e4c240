using System.Globalization;
using HybridCalendar.ExchangeLab.Model;
using HybridCalendar.ExchangeLab.Pipeline;
using HybridCalendar.ExchangeLab.Style;

namespace HybridCalendar.ExchangeLab.Autodiscover;

/// <summary>What Autodiscover knows of one mailbox. Exactly one of the nested cases.</summary>
internal abstract record MailboxAnswer
{
    private MailboxAnswer() { }

    public sealed record Found(Mailbox Mailbox, Uri EwsUrl) : MailboxAnswer;

    public sealed record Redirected(string Target) : MailboxAnswer
    {
        /// <summary>Whether the target is a URL; else it is an address.</summary>
        public bool IsUrl => Target.Contains("://", StringComparison.Ordinal);
    }

    /// <param name="Code">Of the SOAP protocol.</param>
    public sealed record Failed(string Code) : MailboxAnswer;
}

/// <summary>Finds mailboxes, for all protocols alike.</summary>
internal sealed class MailboxAnswers(Organization organization, ReplyStyles styles)
{
    private volatile AutodiscoverSettings _settings = new();

    public AutodiscoverSettings Settings
    {
        get => _settings;
        set => _settings = value;
    }

    /// <summary>The build of the server as Autodiscover writes it.</summary>
    public string CasVersion
    {
        get
        {
            var (major, minor, majorBuild, minorBuild) = styles.Edition.Build;
            return string.Create(
                CultureInfo.InvariantCulture, $"{major:00}.{minor:00}.{majorBuild:0000}.{minorBuild:000}");
        }
    }

    public MailboxAnswer Of(string address, HttpRequest request)
    {
        var settings = Settings;
        if (Named(settings.UserErrors, address) is { } code)
        {
            return new MailboxAnswer.Failed(code);
        }

        if (Named(settings.Redirects, address) is { } target)
        {
            return new MailboxAnswer.Redirected(target);
        }

        var own = new Uri($"{request.Scheme}://{request.Host}{EwsEndpoint.Path}");
        return organization.FindMailbox(address) is { } mailbox
            ? new MailboxAnswer.Found(mailbox, mailbox.Site.EwsUrl ?? settings.EwsUrl ?? own)
            : new MailboxAnswer.Failed("InvalidUser");
    }

    private static string? Named(IReadOnlyDictionary<string, string> table, string address) => table
        .Where(pair => pair.Key.Equals(address, StringComparison.OrdinalIgnoreCase))
        .Select(pair => pair.Value)
        .FirstOrDefault();
}
