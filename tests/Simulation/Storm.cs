using HybridCalendar.Simulation.Calendars;
using HybridCalendar.Simulation.Record;
using HybridCalendar.Simulation.Service;
using NodaTime;

namespace HybridCalendar.Simulation;

/// <summary>
/// A while in which anything may happen at any time, to one process or to several on one record; and the calm
/// after it.
/// </summary>
internal sealed class Storm(World world, Action daemon)
{
    private const int StepsOfAStorm = 200;

    /// <summary>How often something happens between a process and who listens to it.</summary>
    private const double ListeningShare = 0.4;

    /// <summary>In so many steps everything has run dry, or never will.</summary>
    private const int StepsOfCalm = 6000;

    private static readonly string[] Refusals =
    [
        "ErrorMailboxMoveInProgress", "ErrorMailboxFailover", "ErrorAccessDenied", "ErrorNonExistentMailbox",
    ];

    public void Blow()
    {
        world.StartProcess();
        if (world.Dice.Chance(0.6))
        {
            world.StartProcess();
        }

        for (var step = 0; step < StepsOfAStorm; step++)
        {
            Happen(world.Dice.Below(100));
            if (world.Readers.Count > 0 && world.Dice.Chance(ListeningShare))
            {
                Listen();
            }
        }
    }

    /// <summary>
    /// Nothing goes wrong any more: what is under way ends, and each calendar is looked at, before and after
    /// the server shows again what it tells.
    /// </summary>
    public void Subside()
    {
        world.Calm();
        LookAtAll();
        world.Mend();
        LookAtAll();
    }

    /// <summary>A look at every calendar, and everything that follows of it.</summary>
    public void LookAtAll()
    {
        var process = world.Processes[^1];
        RunDry(process);
        world.Steps.Do($"{process} sweeps", process.Sweep);
        RunDry(process);
        world.Steps.Start(process, $"{process} reconciles", process.Reconcile);
        world.Steps.Start(process, $"{process} asks for automatic replies", process.PollReplies);
        world.Steps.Start(process, $"{process} searches all mailboxes", process.Locate);
        RunDry(process);
    }

    /// <summary>Whoever listens hears all there is.</summary>
    public void TellAll()
    {
        var process = world.Processes[^1];
        RunDry(process);
        foreach (var reader in world.Readers.Where(reader => !reader.IsListening))
        {
            reader.Connect(process);
        }

        RunDry(process);
        world.Steps.Start(process.Feed!, $"{process} hands out changes", process.Feed!.HandOut);
        RunDry(process);
    }

    private void RunDry(Process process)
    {
        for (var step = 0; step < StepsOfCalm; step++)
        {
            if (process.Next() is { } due)
            {
                world.Steps.Start(process, $"{process} looks at {due.Mailbox}", () => process.Look(due));
            }
            else if (world.Steps.IsAnyPaused)
            {
                world.Steps.Resume();
            }
            else if (process.Queue.Count > 0)
            {
                world.PassTime(Duration.FromMinutes(1));
            }
            else
            {
                return;
            }
        }

        throw new SimulationException("The service does not come to rest.");
    }

    private void Happen(int draw)
    {
        var dice = world.Dice;
        switch (draw)
        {
            case < 58 when world.Steps.IsAnyPaused: world.Steps.Resume(); break;
            case < 64: world.Edit(); break;
            case < 72: world.DeliverHint(); break;
            case < 82: world.Processes.ToList().ForEach(BeginLook); break;
            case < 86: daemon(); break;
            case < 91: world.PassTime(Duration.FromMilliseconds(dice.Pick([50, 700, 3000, 60_000, 900_000])));
                break;
            default: Go(draw); break;
        }
    }

    private void Go(int draw)
    {
        var dice = world.Dice;
        switch (draw)
        {
            case 91: world.JumpClock(Duration.FromSeconds(dice.Pick([-7200, -30, -1, 1, 30, 7200]))); break;
            case 92: world.BreakStreams(); break;
            case 93 when dice.Chance(0.5): world.ExpireStates(); break;
            case 94 when dice.Chance(0.5): Crash(); break;
            case 95: Trouble(); break;
            case 96: Mend(); break;
            case 97:
                var process = dice.Pick(world.Processes);
                world.Steps.Start(process, $"{process} asks for automatic replies", process.PollReplies);
                break;
            case 98:
                var searching = dice.Pick(world.Processes);
                world.Steps.Start(searching, $"{searching} searches all mailboxes", searching.Locate);
                break;
            case 94:
                var comparing = dice.Pick(world.Processes);
                world.Steps.Start(comparing, $"{comparing} reconciles", comparing.Reconcile);
                break;
            case 99: world.Spoil(dice.Pick([0, 0, 0.2, 0.5])); break;
        }
    }

    private void Listen()
    {
        var reader = world.Dice.Pick(world.Readers);
        var process = world.Dice.Pick(world.Processes);
        switch (world.Dice.Below(6))
        {
            case 0 when !reader.IsListening: reader.Connect(process); break;
            case 0 when world.Dice.Chance(0.3): reader.Leave(); break;
            case 0 when world.Dice.Chance(0.3): world.Disconnect(process); break;
            case 1:
                world.Steps.Do("all projections are folded on", ((Store)world.Store).Daemon.CatchUp);
                break;
            case 2:
                var feed = process.Feed!;
                world.Steps.Start(feed, $"{process} hands out changes", feed.HandOut);
                break;
            default:
                if (world.Steps.IsAnyPaused)
                {
                    world.Steps.Resume();
                }

                break;
        }
    }

    private void BeginLook(Process process)
    {
        if (process.Next() is { } due)
        {
            world.Steps.Start(process, $"{process} looks at {due.Mailbox}", () => process.Look(due));
        }
    }

    // The old process is gone, or it is only taken for dead and goes on for a while beside the new one.
    private void Crash()
    {
        foreach (var process in world.Processes.ToList())
        {
            if (world.Processes.Count > 1 || world.Dice.Chance(0.6))
            {
                world.Steps.Do($"{process} ends", () => world.Kill(process));
            }
        }

        world.StartProcess();
    }

    private void Trouble()
    {
        var dice = world.Dice;
        var address = dice.Pick(People.Watched).Address;
        switch (dice.Below(3))
        {
            case 0:
                world.Steps.Do(
                    "the server is busy",
                    () => world.Trouble.BeBusyFor(Duration.FromSeconds(1 + dice.Below(120))));
                break;
            case 1:
                world.Steps.Do("the server fails over", () => world.Trouble.IsFailingOver = true);
                break;
            default:
                var code = dice.Pick(Refusals);
                world.Steps.Do($"{address}: {code}", () => world.Trouble.Refuse(address, code));
                break;
        }
    }

    private void Mend() => world.Steps.Do("the server recovers", () =>
    {
        world.Trouble.IsFailingOver = false;
        foreach (var address in world.Trouble.Refused.Where(_ => world.Dice.Chance(0.5)).ToList())
        {
            world.Trouble.Mend(address);
        }
    });
}
