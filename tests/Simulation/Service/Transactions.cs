using HybridCalendar.Host.Watch;
using HybridCalendar.Simulation.Record;
using JasperFx;

namespace HybridCalendar.Simulation.Service;

/// <summary>A process's transactions: others may come between any two of their steps.</summary>
internal sealed class Transactions(World world, Process process)
{
    /// <summary>As Wolverine is told to.</summary>
    private const int RetriesOfConflicts = 3;

    /// <summary>How often a connection to the database breaks around a commit.</summary>
    private const double BreakingShare = 0.04;

    /// <summary>Held by whoever records what operators gave: one at a time.</summary>
    private static readonly Guid Enrolling = new("2f0c8a4e-6a43-4e0f-9d57-0c4ad4f1b9e5");

    private readonly List<ITransaction> open = [];

    /// <summary>Those under way.</summary>
    public IReadOnlyList<ITransaction> Open => open;

    /// <summary>Records what operators gave, however often the process has to start for it.</summary>
    public async Task Enroll(Guid stream, Func<ILedger, Task> record)
    {
        while (!await TryEnroll(stream, record))
        {
            await Pause("could not start, and is started again");
        }
    }

    /// <summary>
    /// Runs a handler as Wolverine does: what met somebody else is handled again from the beginning.
    /// </summary>
    /// <param name="stream">What is appended to.</param>
    public async Task<T> Run<T>(Guid stream, Func<ILedger, Task<T>> handle)
    {
        for (var attempt = 0; ; attempt++)
        {
            var transaction = world.Store.Open();
            open.Add(transaction);
            try
            {
                var outcome = await handle(transaction);
                await Commit(stream, transaction);
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
            finally
            {
                open.Remove(transaction);
            }

            await Pause("meets somebody else, and begins again");
        }
    }

    /// <summary>The same of a handler that answers nothing.</summary>
    public Task Run(Guid stream, Func<ILedger, Task> handle) => Run(stream, async ledger =>
    {
        await handle(ledger);
        return true;
    });

    private async Task<bool> TryEnroll(Guid stream, Func<ILedger, Task> record)
    {
        while (world.Locks.IsHeld(Enrolling))
        {
            await Pause("waits until another process has recorded what it was given");
        }

        world.Locks.Take(Enrolling, process, transaction: null);
        try
        {
            await Run(stream, record);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
        finally
        {
            world.Locks.LetGo(Enrolling);
        }
    }

    private async Task Commit(Guid stream, ITransaction transaction)
    {
        do
        {
            await Pause("is about to append");
        }
        while (world.Locks.IsHeld(stream));
        world.Locks.Take(stream, process, transaction);
        try
        {
            await transaction.Execute();
            await Pause("has appended, and not yet committed");
            ThrowIfBroken();
            await transaction.Commit();
        }
        finally
        {
            world.Locks.LetGo(stream);
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

    private Task Pause(string where) => world.Steps.Pause(process, where);
}
