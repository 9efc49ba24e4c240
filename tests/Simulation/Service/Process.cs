using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Host;
using HybridCalendar.Host.Watch;
using HybridCalendar.Simulation.Calendars;
using HybridCalendar.Simulation.Listening;
using HybridCalendar.Simulation.Record;
using JasperFx;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using NodaTime.Extensions;

namespace HybridCalendar.Simulation.Service;

/// <summary>
/// One process of the service: the real queue, looker, listener and handlers, and all that is in memory only.
/// </summary>
internal sealed class Process : IHandlers
{
    /// <summary>As Wolverine is told to.</summary>
    private const int RetriesOfConflicts = 3;

    /// <summary>How often a connection to the database breaks around a commit.</summary>
    private const double BreakingShare = 0.04;

    private static readonly Settings Settings = new()
    {
        Database = "", KeyFile = "", MailboxFile = "", Exchange = new ExchangeSettings(), Parallel = 3,
    };

    private readonly World world;
    private readonly int number;
    private readonly IReadOnlyList<WatchedMailbox> listed;
    private readonly WatchedMailboxes mailboxes = new();
    private readonly ICalendars calendars;
    private readonly Looker looker;
    private readonly Reconciler reconciler;
    private readonly RepliesPoll replies;
    private readonly Streamer streamer;

    /// <param name="listed">The mailboxes that its list has.</param>
    public Process(World world, int number, IReadOnlyList<WatchedMailbox> listed)
    {
        this.world = world;
        this.number = number;
        this.listed = listed;
        Feed = world.Store is Store store ? new LiveFeed(world, store, this) : null;
        calendars = world.CalendarsOf(this);
        var contact = new ExchangeContact(world.Clock);
        Queue = new LookQueue();
        var pause = new RetryPause(new Random(world.Dice.Below(int.MaxValue)));
        var reconciliations = new ReconciliationQueue();
        looker = new Looker(
            Settings,
            Queue,
            new PollSchedule(Settings.AutomaticReplies),
            reconciliations,
            contact,
            this,
            pause,
            world.Clock,
            NullLogger<Looker>.Instance);
        reconciler = new Reconciler(
            Settings,
            mailboxes,
            reconciliations,
            Queue,
            this,
            pause,
            world.Clock,
            NullLogger<Reconciler>.Instance);
        Listener = new Listener(
            Settings, calendars, Queue, contact, world.Clock, NullLogger<Listener>.Instance);
        replies = new RepliesPoll(this, contact, NullLogger<RepliesPoll>.Instance);
        streamer = new Streamer(
            Settings, mailboxes, calendars, Queue, this, world.Clock, NullLogger<Streamer>.Instance);
    }

    public LookQueue Queue { get; }

    /// <summary>How it tells those who listen; null where the store is not in memory.</summary>
    public LiveFeed? Feed { get; }

    public Listener Listener { get; }

    public override string ToString() => $"process {number}";

    /// <summary>Records whom to watch, and whom no more, and asks for a first look at each.</summary>
    public async Task Begin()
    {
        foreach (var mailbox in listed)
        {
            var address = mailbox.Seal.Seal(mailbox.Address);
            await Enroll(mailbox, known =>
                MailboxDecider.Enable(known, mailbox.Id, address, mailbox.Kind, Now));
            mailboxes.Add(mailbox);
            Queue.Ask(mailbox.Id, LookTrigger.Start, Now);
        }

        foreach (var mailbox in People.Watched.Except(listed))
        {
            await Enroll(mailbox, known => MailboxDecider.Disable(known, mailbox.Id, Now));
        }
    }

    /// <summary>The next look that is due and may begin; null when there is none.</summary>
    public DueLook? Next() =>
        world.Steps.RunningOf(this) < Settings.Parallel
            ? Queue.Take(Now).Look
            : null;

    public Task Look(DueLook due) => looker.Serve(due, default);

    public Task Locate() => streamer.Locate(default);

    public async Task PollReplies()
    {
        foreach (var mailbox in mailboxes.All)
        {
            await replies.Poll(mailbox.Id, default);
        }
    }

    public async Task Reconcile()
    {
        foreach (var mailbox in mailboxes.All)
        {
            await reconciler.Serve(new DueLook(mailbox.Id, LookTrigger.Reconciliation, Attempt: 0), default);
        }
    }

    public void Sweep()
    {
        foreach (var mailbox in mailboxes.All)
        {
            Queue.Ask(mailbox.Id, LookTrigger.Sweep, Now);
        }
    }

    public Task<LookOutcome> Handle(LookAtCalendar look, CancellationToken cancellation) =>
        InTransaction(look.Mailbox, ledger => LookAtCalendarHandler.Look(
            look, ledger, calendars, mailboxes, world.Clock, cancellation));

    public Task<LookOutcome> Handle(ReconcileCalendar reconcile, CancellationToken cancellation) =>
        InTransaction(reconcile.Mailbox, ledger => ReconcileCalendarHandler.Reconcile(
            reconcile, ledger, calendars, mailboxes, world.Clock, NullLogger.Instance, cancellation));

    public Task<LookOutcome> Handle(SeeAutomaticReplies see, CancellationToken cancellation) =>
        InTransaction(see.Mailbox, ledger => SeeAutomaticRepliesHandler.See(
            see, ledger, calendars, mailboxes, world.Clock, cancellation));

    public Task Handle(RecordPlace located, CancellationToken cancellation) =>
        InTransaction(located.Mailbox, async ledger =>
        {
            await RecordPlaceHandler.Record(located, ledger, world.Clock, cancellation);
            return true;
        });

    public Task Handle(ReportFailure failure, CancellationToken cancellation) =>
        InTransaction(failure.Mailbox, async ledger =>
        {
            await ReportFailureHandler.Record(failure, ledger, world.Clock, cancellation);
            return true;
        });

    private Instant Now => world.Clock.GetCurrentInstant();

    private async Task Enroll(WatchedMailbox mailbox, Func<Mailbox?, IReadOnlyList<MailboxEvent>> decide)
    {
        while (true)
        {
            try
            {
                await InTransaction(mailbox.Id, async ledger =>
                {
                    await ledger.Record(mailbox.Id, decide, default);
                    return true;
                });
                return;
            }
            catch (TimeoutException)
            {
                await Pause("could not start, and is started again");
            }
        }
    }

    // As Wolverine does it: what met somebody else is handled again from the beginning.
    private async Task<T> InTransaction<T>(MailboxId mailbox, Func<ILedger, Task<T>> handle)
    {
        for (var attempt = 0; ; attempt++)
        {
            var transaction = world.Store.Open();
            try
            {
                var outcome = await handle(transaction);
                await Commit(mailbox, transaction);
                return outcome;
            }
            catch (Exception failure)
            {
                await transaction.RollBack();
                if (failure is not ConcurrencyException || attempt == RetriesOfConflicts)
                {
                    throw;
                }
            }

            await Pause("meets somebody else, and begins again");
        }
    }

    private async Task Commit(MailboxId mailbox, ITransaction transaction)
    {
        do
        {
            await Pause("is about to append");
        }
        while (world.Locks.IsHeld(mailbox));
        world.Locks.Take(mailbox, this, transaction);
        try
        {
            await transaction.Execute();
            await Pause("has appended, and not yet committed");
            ThrowIfBroken();
            await transaction.Commit();
        }
        finally
        {
            world.Locks.LetGo(mailbox);
        }

        await Pause("has committed, and does not know it yet");
        ThrowIfBroken();
    }

    private void ThrowIfBroken()
    {
        if (world.IsStormy && world.Dice.Chance(BreakingShare))
        {
            throw new TimeoutException("The connection to the database broke.");
        }
    }

    private Task Pause(string where) => world.Steps.Pause(this, where);
}
