using System.Globalization;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Meetings;
using NodaTime;

namespace HybridCalendar.Host.Watch;

/// <summary>A mailbox that the organization wants to be watched, as its list has it.</summary>
internal sealed record ListedAddress(string Address, MailboxKind Kind, OwnJoinTimes JoinTimes);

/// <summary>
/// The organization's list of mailboxes. A line each: the address; whose it is, user or room, a user's where
/// that is not said; and lead=MINUTES and tail=MINUTES where its Join buttons are up at times of its own.
/// </summary>
internal static class MailboxFile
{
    private const char Separator = ',';
    private const string Lead = "lead=";
    private const string Tail = "tail=";

    private static readonly int MinutesMost = (int)JoinTimes.Longest.TotalMinutes;

    /// <summary>
    /// The mailboxes of a list, in its order. Empty lines and lines that begin with # say nothing.
    /// </summary>
    /// <exception cref="SettingsException">A line is wrong; the message names it.</exception>
    public static IReadOnlyList<ListedAddress> Parse(IReadOnlyList<string> lines, string file)
    {
        var mailboxes = new List<ListedAddress>();
        var addresses = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (index, line) in lines.Index())
        {
            var text = line.Trim();
            if (text.Length == 0 || text.StartsWith('#'))
            {
                continue;
            }

            var name = $"Line {index + 1} of {file}";
            var mailbox = Read(text.Split(Separator, StringSplitOptions.TrimEntries), name);
            if (!addresses.Add(mailbox.Address))
            {
                throw new SettingsException($"{name} names an address that was there before.");
            }

            mailboxes.Add(mailbox);
        }

        return mailboxes;
    }

    private static ListedAddress Read(string[] parts, string name)
    {
        MailboxKind? kind = parts switch
        {
            [_, "user", ..] => MailboxKind.User,
            [_, "room", ..] => MailboxKind.Room,
            _ => null,
        };
        var times = parts[(kind is null ? 1 : 2)..];
        var lead = times.Where(part => part.StartsWith(Lead, StringComparison.Ordinal)).ToArray();
        var tail = times.Where(part => part.StartsWith(Tail, StringComparison.Ordinal)).ToArray();
        if (!parts[0].Contains('@', StringComparison.Ordinal)
            || lead.Length > 1 || tail.Length > 1 || times.Length > lead.Length + tail.Length)
        {
            throw new SettingsException(
                $"{name} is not 'address,user' or 'address,room', "
                + "with 'lead=MINUTES' and 'tail=MINUTES' behind it at most once each.");
        }

        return new ListedAddress(
            parts[0],
            kind ?? MailboxKind.User,
            new OwnJoinTimes(
                lead is [var before] ? Minutes(before, Lead, name) : null,
                tail is [var after] ? Minutes(after, Tail, name) : null));
    }

    private static Duration Minutes(string part, string member, string name)
    {
        var text = part[member.Length..];
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            && minutes <= MinutesMost
                ? Duration.FromMinutes(minutes)
                : throw new SettingsException(
                    $"{name} has {member}{text}: whole minutes from 0 to {MinutesMost}.");
    }
}
