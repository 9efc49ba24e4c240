using HybridCalendar.Adapters.Exchange;
using HybridCalendar.ExchangeLab.Model;
using HybridCalendar.Simulation.Calendars;
using HybridCalendar.Simulation.Engine;
using HybridCalendar.Simulation.Exchange;
using HybridCalendar.Simulation.Listening;
using HybridCalendar.Simulation.Record;
using HybridCalendar.Simulation.Service;
using NodaTime;

namespace HybridCalendar.Simulation;

/// <summary>
/// All that one seed makes: people and their calendars, a server in trouble, processes of the service that
/// come and go, and a clock that jumps.
/// </summary>
internal sealed class World
{
    private const int DaysOfStarts = 300;
    private const int HintsMost = 40;

    /// <summary>How often the list of mailboxes lacks one when a process starts.</summary>
    private const double ShortListShare = 0.15;

    /// <summary>How often a process starts with other times of Join buttons than usual.</summary>
    private const double OtherTimesShare = 0.2;

    private static readonly LocalDate FirstStart = new(2026, 3, 20);

    private readonly VirtualTime time;
    private readonly Server server;
    private readonly Editing editing;
    private readonly List<WatchedMailbox> hints = [];
    private readonly List<Process> processes = [];
    private int processCount;

    /// <summary>Some process started with something else than usual.</summary>
    private bool isUnusual;

    public World(long seed, Action<string>? trace = null, Func<World, IStore>? store = null)
    {
        Seed = seed;
        Dice = new RepeatableRandom(Derived.Number(seed, "simulation"));
        Steps = new Steps(Dice) { Trace = trace };
        var today = FirstStart.PlusDays(Dice.Below(DaysOfStarts));
        var start = today.At(new LocalTime(9, 0)).InUtc().ToInstant();
        time = new VirtualTime(start);
        Clock = new VirtualTime(start);
        Organization = new Organization(seed, today, new LabClock(time));
        server = new Server(Organization, time);
        Organization.Changed = Hint;
        People.Add(Organization);
        Trouble = new Trouble(Dice, () => time.Now);
        editing = new Editing(Organization, Dice);
        Store = store?.Invoke(this) ?? new Store(Dice.Below);
        Readers = Store is Store ? [new Reader(this, null), .. People.Watched.Select(Wanting)] : [];
        editing.Begin();
    }

    public long Seed { get; }

    public RepeatableRandom Dice { get; }

    public Steps Steps { get; }

    public Organization Organization { get; }

    public Trouble Trouble { get; }

    /// <summary>The clock of the service's machines, which jumps.</summary>
    public VirtualTime Clock { get; }

    public IStore Store { get; }

    /// <summary>Who listens to changes, where the store is in memory.</summary>
    public IReadOnlyList<Reader> Readers { get; }

    /// <summary>The farthest position that all projections ever showed.</summary>
    public long Shown => Store is Store store ? store.Daemon.Shown : 0;

    public Locks Locks { get; } = new();

    /// <summary>Whether faults still happen.</summary>
    public bool IsStormy { get; private set; } = true;

    /// <summary>The processes that run, the newest last.</summary>
    public IReadOnlyList<Process> Processes => processes;

    public ICalendars CalendarsOf(Process process) => new SimulatedCalendars(
        Organization, server, Trouble, Dice, where => Steps.Pause(process, where));

    /// <summary>Another process starts; those that ran before are gone, or only frozen.</summary>
    public void StartProcess()
    {
        var configuration = Configuration.Usual;
        if (Dice.Chance(OtherTimesShare))
        {
            configuration = configuration.WithOtherTimes(Dice);
        }

        if (IsStormy && Dice.Chance(ShortListShare))
        {
            configuration = configuration.Shortened(Dice);
        }

        isUnusual |= configuration != Configuration.Usual;
        var process = new Process(this, ++processCount, configuration);
        processes.Add(process);
        Steps.Start(
            process, $"{process} starts with {configuration.Listed.Count} mailboxes", process.Begin);
    }

    /// <summary>A process ends amid whatever it was doing. What it sent off may be committed.</summary>
    public void Kill(Process process)
    {
        Steps.Kill(process);
        processes.Remove(process);
        if (process.Feed is { } feed)
        {
            Steps.Kill(feed);
        }

        foreach (var reader in Readers)
        {
            reader.Lose(process);
        }

        var sent = Locks.LetGoOf(process);
        foreach (var transaction in process.Transactions.Open)
        {
            var isCommitted = sent.Contains(transaction) && Dice.Chance(0.5);
            (isCommitted ? transaction.Commit() : transaction.RollBack()).GetAwaiter().GetResult();
        }
    }

    /// <summary>All who listen to a process lose it, and it goes on.</summary>
    public void Disconnect(Process process)
    {
        foreach (var reader in Readers.Where(reader => reader.Listened == process))
        {
            reader.Leave();
        }
    }

    /// <summary>People change something.</summary>
    public void Edit() => Steps.Do("people edit", () => Steps.Tell(editing.Edit()));

    /// <summary>
    /// A hint arrives, any of those that are on their way, at each process unless it is lost, and perhaps it
    /// arrives again.
    /// </summary>
    public void DeliverHint()
    {
        if (hints.Count == 0)
        {
            return;
        }

        var hint = Dice.Pick(hints);
        if (!Dice.Chance(0.2))
        {
            hints.Remove(hint);
        }

        foreach (var to in processes.Where(_ => !Dice.Chance(0.2)))
        {
            Steps.Do(
                $"{to} is told that {hint.Id} changed",
                () => to.Listener.Hear(new CalendarSignal.Changed(hint.Id)));
        }
    }

    /// <summary>The streams break, and what they had to tell is lost; then they open again.</summary>
    public void BreakStreams() => Steps.Do("the streams break", () =>
    {
        hints.Clear();
        var to = Dice.Pick(processes);
        to.Listener.Hear(new CalendarSignal.Interrupted("broken"));
        if (Dice.Chance(0.5))
        {
            to.Listener.Hear(new CalendarSignal.Opened([.. People.Watched.Select(one => one.Id)]));
        }
    });

    public void PassTime(Duration span) => Steps.Do($"{span} pass", () =>
    {
        time.Move(span);
        Clock.Move(span);
    });

    public void JumpClock(Duration span) => Steps.Do($"the clock jumps by {span}", () => Clock.Move(span));

    public void ExpireStates() => Steps.Do("all cursors expire", Organization.ExpireSyncStates);

    public void Spoil(double share) =>
        Steps.Do($"{share} of the items are spoilt", () => server.Spoil(share));

    /// <summary>The server shows again what it tells.</summary>
    public void Mend() => Steps.Do("the server shows what it tells", editing.Mend);

    /// <summary>From now on nothing goes wrong any more, and one process runs.</summary>
    public void Calm()
    {
        IsStormy = false;
        foreach (var process in processes.SkipLast(isUnusual ? 0 : 1).ToList())
        {
            Kill(process);
        }

        if (isUnusual)
        {
            StartProcess();
        }

        Trouble.MendAll();
        server.Spoil(0);
        hints.Clear();
    }

    private Reader Wanting(WatchedMailbox mailbox) => new(this, mailbox);

    private void Hint(MailboxChange change)
    {
        var mailbox = People.Watched.Single(watched => watched.Address == change.Mailbox.Address);
        if (hints.Count < HintsMost)
        {
            hints.Add(mailbox);
        }
    }
}
