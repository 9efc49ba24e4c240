using HybridCalendar.Simulation.Record;

namespace HybridCalendar.Simulation;

/// <summary>One world from its first step to the verdict.</summary>
internal static class Seed
{
    /// <summary>Runs a seed; the same seed takes the same steps.</summary>
    /// <param name="trace">Is told every step.</param>
    /// <returns>How many steps it took, what is recorded, and the documents of all projections.</returns>
    /// <exception cref="SimulationException">A property does not hold; the message names seed and step.
    /// </exception>
    public static (int Steps, IReadOnlyCollection<StoredEvent> Events, IReadOnlyList<string> Documents) Run(
        long seed, Action<string>? trace = null)
    {
        var world = new World(seed, trace);
        var store = (Store)world.Store;
        Within(world, () => Run(world, store, store.Daemon));
        return (world.Steps.Count, store.Events, store.Daemon.Lines);
    }

    /// <summary>Lets a part of a world happen on this thread.</summary>
    /// <exception cref="SimulationException">It failed; the message says how to see it again.</exception>
    public static void Within(World world, Action part)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(world.Steps);
        try
        {
            part();
        }
        catch (Exception failure)
        {
            throw new SimulationException(
                $"Seed {world.Seed} fails after step {world.Steps.Count}. To see each step: "
                + $"./test simulate seed {world.Seed}\n{failure.Message}",
                failure);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private static void Run(World world, Store store, Daemon daemon)
    {
        var storm = new Storm(world, () => MoveOn(world, daemon));
        storm.Blow();
        storm.Subside();
        daemon.CatchUp();
        new Verdict(world, daemon.Of).Check();
        Twice.Check(store.Events);
        storm.TellAll();
        foreach (var reader in world.Readers)
        {
            reader.Check(store.Events);
        }

        var recorded = store.Events.Count;
        storm.LookAtAll();
        if (store.Events.Count != recorded)
        {
            throw new SimulationException(
                $"Looks at what has not changed bring news: {store.Events.Last().Name}.");
        }

        daemon.CatchUp();
        if (!View.Rebuild(store.Events).SequenceEqual(daemon.Lines, StringComparer.Ordinal))
        {
            throw new SimulationException("What is folded anew differs from what was kept up to date.");
        }
    }

    // The daemon goes on with some events, loses what it folded, or is told to fold everything again.
    private static void MoveOn(World world, Daemon daemon)
    {
        var view = world.Dice.Pick(View.All);
        var most = 1 + world.Dice.Below(30);
        var isLost = world.Dice.Chance(0.1);
        if (world.Dice.Chance(0.02))
        {
            world.Steps.Do($"{view.Name} is folded again from the beginning", () => daemon.Rebuild(view));
        }

        world.Steps.Do(
            $"{view.Name} is folded on by up to {most} events", () => daemon.Fold(view, most, isLost));
    }
}
