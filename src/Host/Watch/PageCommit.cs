using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Meetings;
using NodaTime;

namespace HybridCalendar.Host.Watch;

/// <summary>Turns one page of a calendar into events and bookkeeping, all in one transaction.</summary>
internal sealed class PageCommit(
    ILedger ledger, LookAtCalendar look, WatchedMailbox watched, CalendarCursor cursor, Instant now)
{
    private readonly MailboxId mailbox = look.Mailbox;
    private readonly Dictionary<Guid, KnownItem> known = [];
    private readonly HashSet<Guid> forgotten = [];
    private readonly Dictionary<Guid, ParkedItem> parked = [];

    /// <summary>Whether a meeting changed of which Exchange had shown something else than it says.</summary>
    public bool DropsCorrection { get; private set; }

    /// <summary>Adds a page's news; the caller commits.</summary>
    public async Task Add(CalendarPage page, CancellationToken cancellation)
    {
        await LoadKnown(page, cancellation);
        var looks = new List<MeetingLook>();
        foreach (var item in page.Items)
        {
            switch (item)
            {
                case ItemRead.Meeting meeting:
                    looks.Add(See(meeting));
                    Unpark(item);
                    break;
                case ItemRead.Removed:
                    looks.AddRange(Miss(item));
                    Unpark(item);
                    break;
                case ItemRead.Unreadable unreadable:
                    Park(unreadable);
                    break;
            }
        }

        if (page.IsLast && !cursor.IsComplete)
        {
            looks.AddRange(await MissVanished(cancellation));
        }

        await Record(looks, cancellation);
        if (page.IsLast)
        {
            var texts = await Texts(page, cancellation);
            await ledger.Record(
                mailbox,
                state =>
                [
                    .. MailboxDecider.Read(state, mailbox, now),
                    .. texts is null ? [] : MailboxDecider.Judge(state, mailbox, texts, now),
                ],
                cancellation);
        }

        var next = cursor with
        {
            Cursor = watched.Seal.Seal(page.Cursor),
            IsComplete = cursor.IsComplete || page.IsLast,
            LookedAt = now,
        };
        ledger.MoveOn(next);
    }

    // What is known of the page's items, and of the items that hold the meetings which new items may be.
    private async Task LoadKnown(CalendarPage page, CancellationToken cancellation)
    {
        if (page.Items.Count == 0)
        {
            return;
        }

        var keys = page.Items.Select(KeyOf).ToArray();
        var meetings = page.Items.OfType<ItemRead.Meeting>()
            .Select(item => MeetingId.Of(mailbox, item.GlobalId).Value)
            .ToArray();
        foreach (var item in await ledger.FindKnown(mailbox, keys, meetings, cancellation))
        {
            known[item.Id] = item;
        }

        foreach (var item in await ledger.FindParked(keys, cancellation))
        {
            parked[item.Id] = item;
        }
    }

    // Which texts a room's invitations have, as of this page; null when it is not to be judged by them anew.
    private async Task<IReadOnlyList<InvitationTexts>?> Texts(
        CalendarPage page, CancellationToken cancellation)
    {
        if (watched.Kind is not MailboxKind.Room || (page.Items.Count == 0 && !look.Continues))
        {
            return null;
        }

        var stored = await ledger.FindKnownBefore(mailbox, cursor.Pass + 1, cancellation);
        return
        [
            .. stored.Where(item => !known.ContainsKey(item.Id) && !forgotten.Contains(item.Id))
                .Concat(known.Values)
                .Select(item => item.Texts)
                .OfType<InvitationTexts>(),
        ];
    }

    private MeetingLook.Seen See(ItemRead.Meeting item)
    {
        var meeting = MeetingOf(item);
        Know(new KnownItem
        {
            Id = KeyOf(item),
            Mailbox = mailbox.Value,
            Meeting = meeting.Value,
            Pass = cursor.Pass,
            Texts = watched.Kind is MailboxKind.Room ? item.Texts : null,
        });
        return new MeetingLook.Seen(
            meeting,
            new Look(mailbox, now, look.Trigger, item.ChangeKey, item.ChangedAt),
            CorrelationId.Of(item.GlobalId),
            item.Facts);
    }

    // A second item of the same global id is a copy that somebody made: a meeting of its own while the first
    // one stands. An item that only an earlier pass saw does not stand for sure: its meeting moves on to the
    // item that does.
    private MeetingId MeetingOf(ItemRead.Meeting item)
    {
        var first = MeetingId.Of(mailbox, item.GlobalId);
        var key = KeyOf(item);
        var holder = known.Values.FirstOrDefault(other => other.Meeting == first.Value && other.Id != key);
        if (known.TryGetValue(key, out var self) && (holder is null || self.Meeting != first.Value))
        {
            return new MeetingId(self.Meeting);
        }

        if (holder is { } && IsOfThisPass(holder))
        {
            return MeetingId.OfCopy(mailbox, item.GlobalId, item.ItemId);
        }

        if (holder is { })
        {
            Forget(holder);
        }

        return first;
    }

    private IEnumerable<MeetingLook> Miss(ItemRead item)
    {
        if (known.TryGetValue(KeyOf(item), out var gone))
        {
            Forget(gone);
            yield return Gone(gone);
        }
    }

    // What an older pass knew and this one did not see, neither on earlier pages nor on this one.
    private async Task<IReadOnlyList<MeetingLook>> MissVanished(CancellationToken cancellation)
    {
        var older = await ledger.FindKnownBefore(mailbox, cursor.Pass, cancellation);
        var seenMeetings = known.Values.Where(IsOfThisPass).Select(item => item.Meeting).ToHashSet();
        KnownItem[] vanished =
        [
            .. older.Where(item => !known.TryGetValue(item.Id, out var here) || !IsOfThisPass(here)),
        ];
        foreach (var item in vanished)
        {
            Forget(item);
        }

        return [.. vanished.Where(item => !seenMeetings.Contains(item.Meeting)).Select(Gone)];
    }

    private bool IsOfThisPass(KnownItem item) => item.Pass == cursor.Pass;

    private MeetingLook.Gone Gone(KnownItem item) =>
        new(new MeetingId(item.Meeting), new Look(mailbox, now, look.Trigger));

    private void Know(KnownItem item)
    {
        known[item.Id] = item;
        ledger.Know(item);
    }

    private void Forget(KnownItem item)
    {
        known.Remove(item.Id);
        forgotten.Add(item.Id);
        ledger.Forget(item);
    }

    // What was known of it stays as it was, until it can be read again.
    private void Park(ItemRead.Unreadable item)
    {
        var key = KeyOf(item);
        if (known.TryGetValue(key, out var before))
        {
            Know(before with { Pass = cursor.Pass });
        }

        ledger.Park(new ParkedItem
        {
            Id = key,
            Mailbox = mailbox.Value,
            ItemId = watched.Seal.Seal(item.ItemId),
            Correlation = item.GlobalId is { } id ? CorrelationId.Of(id).Value : null,
            Reason = item.Reason,
            Since = parked.TryGetValue(key, out var already) ? already.Since : now,
            TriedAt = now,
        });
    }

    private void Unpark(ItemRead item)
    {
        if (parked.Remove(KeyOf(item), out var readable))
        {
            ledger.Unpark(readable);
        }
    }

    private Guid KeyOf(ItemRead item) => KnownItem.KeyOf(mailbox, item.ItemId);

    // A page may show a meeting more than once, e.g. deleted and created again: each look sees what the one
    // before added.
    private async Task Record(IReadOnlyList<MeetingLook> looks, CancellationToken cancellation)
    {
        var streams = looks.Select(seen => seen.Meeting.Value).Distinct().ToArray();
        var states = await ledger.Fold<Meeting, MeetingEvent>(streams, Meeting.Evolve, cancellation);
        foreach (var seen in looks)
        {
            var state = states.GetValueOrDefault(seen.Meeting.Value);
            var news = MeetingDecider.Decide(state, seen);
            ledger.Append(seen.Meeting.Value, news);
            if (news.Aggregate(state, Meeting.Evolve) is { } next)
            {
                states[seen.Meeting.Value] = next;
                DropsCorrection |= state?.Facts.Correction is { } && next.Facts.Correction is null;
            }
        }
    }
}
