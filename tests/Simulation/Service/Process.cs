using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Domain.Organizations;
using HybridCalendar.Host;
using HybridCalendar.Host.Watch;
using HybridCalendar.Simulation.Calendars;
using HybridCalendar.Simulation.Listening;
using HybridCalendar.Simulation.Record;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using NodaTime.Extensions;

namespace HybridCalendar.Simulation.Service;

/// <summary>
/// One process of the service: the real queue, looker, listener and handlers, and all that is in memory only.
/// </summary>
internal sealed class Process : IHandlers
{
    private readonly Settings settings;
    private readonly World world;
    private readonly int number;
    private readonly WatchedMailboxes mailboxes = new();
    private readonly ICalendars calendars;
    private readonly Looker looker;
    private readonly Reconciler reconciler;
    private readonly RepliesPoll replies;
    private readonly Streamer streamer;

    public Process(World world, int number, Configuration configuration)
    {
        this.world = world;
        this.number = number;
        Configuration = configuration;
        Transactions = new Transactions(world, this);
        settings = new Settings
        {
            Database = "",
            KeyFile = "",
            MailboxFile = "",
            Exchange = new ExchangeSettings(),
            Parallel = 3,
            JoinTimes = configuration.Organization.People,
            RoomJoinTimes = configuration.Organization.Rooms,
        };
        Feed = world.Store is Store store ? new LiveFeed(world, store, this) : null;
        calendars = world.CalendarsOf(this);
        var contact = new ExchangeContact(world.Clock);
        Queue = new LookQueue();
        var pause = new RetryPause(new Random(world.Dice.Below(int.MaxValue)));
        var reconciliations = new ReconciliationQueue();
        looker = new Looker(
            settings,
            Queue,
            new PollSchedule(settings.AutomaticReplies),
            reconciliations,
            contact,
            this,
            pause,
            world.Clock,
            NullLogger<Looker>.Instance);
        reconciler = new Reconciler(
            settings,
            mailboxes,
            reconciliations,
            Queue,
            this,
            pause,
            world.Clock,
            NullLogger<Reconciler>.Instance);
        Listener = new Listener(
            settings, calendars, Queue, contact, world.Clock, NullLogger<Listener>.Instance);
        replies = new RepliesPoll(this, contact, NullLogger<RepliesPoll>.Instance);
        streamer = new Streamer(
            settings, mailboxes, calendars, Queue, this, world.Clock, NullLogger<Streamer>.Instance);
    }

    public Configuration Configuration { get; }

    public Transactions Transactions { get; }

    public LookQueue Queue { get; }

    /// <summary>How it tells those who listen; null where the store is not in memory.</summary>
    public LiveFeed? Feed { get; }

    public Listener Listener { get; }

    public override string ToString() => $"process {number}";

    /// <summary>
    /// Records whom to watch, whom no more and when Join buttons are up, and asks for a first look at each.
    /// </summary>
    public async Task Begin()
    {
        foreach (var listed in Configuration.Listed)
        {
            var mailbox = listed.Mailbox;
            await Transactions.Enroll(
                mailbox.Id.Value, ledger => Enrolment.Enable(ledger, [listed], Now, default));
            mailboxes.Add(mailbox);
            Queue.Ask(mailbox.Id, LookTrigger.Start, Now);
        }

        foreach (var gone in People.Watched.Except(Configuration.Listed.Select(one => one.Mailbox)))
        {
            await Transactions.Enroll(
                gone.Id.Value, ledger => Enrolment.Disable(ledger, [gone.Id], Now, default));
        }

        await Transactions.Enroll(
            Organization.Stream, ledger => Enrolment.Declare(ledger, settings, Now, default));
    }

    /// <summary>The next look that is due and may begin; null when there is none.</summary>
    public DueLook? Next() =>
        world.Steps.RunningOf(this) < settings.Parallel
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
        Transactions.Run(look.Mailbox.Value, ledger => LookAtCalendarHandler.Look(
            look, ledger, calendars, mailboxes, world.Clock, cancellation));

    public Task<LookOutcome> Handle(ReconcileCalendar reconcile, CancellationToken cancellation) =>
        Transactions.Run(reconcile.Mailbox.Value, ledger => ReconcileCalendarHandler.Reconcile(
            reconcile, ledger, calendars, mailboxes, world.Clock, NullLogger.Instance, cancellation));

    public Task<LookOutcome> Handle(SeeAutomaticReplies see, CancellationToken cancellation) =>
        Transactions.Run(see.Mailbox.Value, ledger => SeeAutomaticRepliesHandler.See(
            see, ledger, calendars, mailboxes, world.Clock, cancellation));

    public Task Handle(RecordPlace located, CancellationToken cancellation) =>
        Transactions.Run(located.Mailbox.Value, ledger => RecordPlaceHandler.Record(
            located, ledger, world.Clock, cancellation));

    public Task Handle(ReportFailure failure, CancellationToken cancellation) =>
        Transactions.Run(failure.Mailbox.Value, ledger => ReportFailureHandler.Record(
            failure, ledger, world.Clock, cancellation));

    private Instant Now => world.Clock.GetCurrentInstant();
}
