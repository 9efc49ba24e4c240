using System.Buffers;
using HybridCalendar.Domain.Joining.Providers;

namespace HybridCalendar.Domain.Joining;

/// <summary>
/// Everything in one place of an invitation that may be a way to join, in the order of the text.
/// </summary>
/// <param name="people">Addresses of those who take part.</param>
/// <param name="mail">Addresses that the invitation has for mail.</param>
internal sealed class CandidateScan(
    ProviderTable table, IReadOnlySet<string> people, IReadOnlySet<string> mail, FoundIn place)
{
    private const string Other = "other";
    private const string SipRule = "sip-uri";
    private const string DigitsRule = "sip-digits";
    private const string RoomRule = "sip-room-name";
    private const string H323Rule = "h323-url";
    private const string NumberRule = "h323-number";
    private const string LabelRule = "h323-label";
    private const string PhoneRule = "phone-with-number";
    private const string PropertyRule = "online-meeting-property";

    /// <summary>How rooms of video systems are named.</summary>
    private static readonly string[] RoomEndings = [".vr", ".vmr", ".space", ".cospace"];

    /// <summary>Each address has one of these.</summary>
    private static readonly SearchValues<char> Marks = SearchValues.Create(":%@#+");

    private readonly List<Candidate> found = [];
    private readonly HashSet<(string, string, bool)> addresses = [];

    public IReadOnlyList<Candidate> Of(IReadOnlyList<TextLine> lines)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            AfterLabel(lines, i);
            if (!lines[i].Span.ContainsAny(Marks))
            {
                continue;
            }

            var text = lines[i].Text;
            var quoted = lines[i].Quoted;
            Links(text, quoted, i);
            if (text.Contains('@', StringComparison.Ordinal))
            {
                Dialled(text, quoted, i);
            }

            Numbers(text, quoted, i);
            foreach (var number in PhoneScan.Of(text))
            {
                Add(new Candidate(JoinKind.Phone, "phone", place, PhoneRule, number, quoted, 0, i));
            }
        }

        return found;
    }

    /// <summary>
    /// Adds what is not there yet: of one rule and address the first counts, and the first quoted.
    /// </summary>
    private void Add(Candidate candidate)
    {
        if (addresses.Add((candidate.Address, candidate.Rule, candidate.Quoted)))
        {
            found.Add(candidate);
        }
    }

    private void Links(string text, bool quoted, int line)
    {
        foreach (var link in LinkScan.Of(text).Select(LinkWrappers.Unwrap))
        {
            if (table.Match(link) is var (rule, captured))
            {
                var target = new Candidate(
                    JoinKind.Https,
                    rule.Provider,
                    place,
                    rule.Name,
                    link.Address,
                    quoted,
                    (int)rule.Leads,
                    line)
                {
                    Maybe = rule.Leads == Leads.Maybe || link.IsCut,
                    MeetingId = rule.IdOf(link, captured),
                    Passcode = rule.PasscodeOf(link),
                    Beside = rule.Beside,
                };
                Add(target);
                if (rule.SipOf(link, captured) is { } uri)
                {
                    Add(target with { Kind = JoinKind.Sip, Address = uri, Aim = 1 });
                }
            }
            else if (place == FoundIn.OnlineMeeting)
            {
                Add(new Candidate(
                    JoinKind.Https, Other, place, PropertyRule, link.Address, quoted, (int)Leads.Maybe, line)
                {
                    Maybe = true,
                });
            }
        }
    }

    private void Dialled(string text, bool quoted, int line)
    {
        foreach (var (scheme, user, host, owner, mailTo) in DialScan.Addresses(text))
        {
            var address = $"{user}@{host}";
            var isPerson = people.Contains(address);
            if (scheme == "h323")
            {
                Add(new Candidate(
                    JoinKind.H323, "h323", place, H323Rule, $"h323:{address}", quoted, 0, line));
                continue;
            }

            var rule = table.MatchSip(user, host);
            var isDigits = IsNumber(user) && !table.MailHosts.Contains(host);
            var isRoom = RoomEndings.Any(end => user.EndsWith(end, StringComparison.OrdinalIgnoreCase));
            var isBare = rule is { IsBare: true } && !mailTo;
            if (scheme is null && (isPerson || !(isBare || isDigits || (isRoom && !mailTo))))
            {
                continue;
            }

            // In a text it is there to reach somebody who takes part, as in a signature.
            if (isPerson && place == FoundIn.Body)
            {
                continue;
            }

            // What is for mail too may be somebody, or a room that a mail program took for a mail address.
            var isPerhapsMail = rule is null && !isDigits && mail.Contains(address);

            var name = rule is { IsBare: true } ? rule.Name
                : scheme is not null ? SipRule
                : isDigits ? DigitsRule
                : RoomRule;
            Add(new Candidate(
                JoinKind.Sip,
                owner ?? rule?.Provider ?? "sip",
                place,
                name,
                $"{scheme ?? "sip"}:{address}",
                quoted,
                scheme is not null ? 0 : isDigits ? 1 : 2,
                line)
            {
                Maybe = isPerson || isPerhapsMail,
                Dialled = rule,
                Beside = rule?.Beside ?? Beside.None,
            });
        }
    }

    private void Numbers(string text, bool quoted, int line)
    {
        foreach (var (address, number, passcode) in DialScan.Numbers(text))
        {
            // Zoom's have a number of 9 to 11 digits, and the passcode after it.
            var provider = passcode is not null && number.Length is >= 9 and <= 11 ? "zoom" : "h323";
            var end = passcode is null ? "" : $"#{passcode}";
            Add(new Candidate(
                JoinKind.H323, provider, place, NumberRule, $"h323:{address}##{number}{end}", quoted, 0, line)
            {
                MeetingId = number,
                Passcode = passcode,
            });
        }

    }

    /// <summary>The first address in a list of H.323 systems.</summary>
    private void AfterLabel(IReadOnlyList<TextLine> lines, int line)
    {
        if (line > 0
            && IsLabelOfH323(lines[line - 1].Span)
            && DialScan.LeadingAddress(lines[line].Text) is { } system)
        {
            Add(new Candidate(
                JoinKind.H323, "h323", place, LabelRule, $"h323:{system}", lines[line].Quoted, 1, line)
            {
                Beside = Beside.Id | Beside.Passcode,
            });
        }
    }

    private static bool IsLabelOfH323(ReadOnlySpan<char> text) =>
        text.Length <= 64
        && text.Contains("323", StringComparison.Ordinal)
        && (text.Contains("H.323", StringComparison.OrdinalIgnoreCase)
            || text.Contains("H323", StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// Digits, or groups of digits with dots between, as a passcode after a meeting's number.
    /// </summary>
    private static bool IsNumber(string user) =>
        char.IsAsciiDigit(user[0])
        && char.IsAsciiDigit(user[^1])
        && user.All(c => char.IsAsciiDigit(c) || c == '.');
}
