using HybridCalendar.ExchangeLab.Model;

namespace HybridCalendar.Simulation.Engine;

/// <summary>
/// Runs the work of many on one thread. Whoever pauses goes on when the dice say so, and nobody else does
/// anything meanwhile: the order of everything depends on the dice only.
/// </summary>
internal sealed class Steps(RepeatableRandom dice) : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> posted = [];
    private readonly List<Paused> paused = [];
    private readonly List<(object Owner, Task Work)> running = [];

    /// <summary>How many steps were made so far.</summary>
    public int Count { get; private set; }

    /// <summary>Is told of each step; for those who replay one seed.</summary>
    public Action<string>? Trace { get; init; }

    public bool IsAnyPaused => paused.Count > 0;

    /// <summary>How many pieces of an owner's work are under way.</summary>
    public int RunningOf(object owner) => running.Count(one => one.Owner == owner);

    public override void Post(SendOrPostCallback d, object? state) => posted.Enqueue((d, state));

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    /// <summary>Waits for the dice.</summary>
    /// <param name="owner">The process that waits, and with whose end nobody goes on.</param>
    public Task Pause(object owner, string where)
    {
        var pause = new Paused(owner, where, new TaskCompletionSource());
        paused.Add(pause);
        return pause.Signal.Task;
    }

    /// <summary>Begins a piece of work; it must not fail.</summary>
    public void Start(object owner, string what, Func<Task> work)
    {
        Tell(what);
        var task = work();
        Settle();
        running.Add((owner, task));
        Reap();
    }

    /// <summary>One of those who paused goes on, until it pauses again.</summary>
    public void Resume()
    {
        var next = dice.Pick(paused);
        paused.Remove(next);
        Tell($"{next.Owner} goes on: {next.Where}");
        next.Signal.SetResult();
        Settle();
        Reap();
    }

    /// <summary>Something that the world does by itself, without waiting.</summary>
    public void Do(string what, Action action)
    {
        Tell(what);
        action();
        Settle();
    }

    /// <summary>A process ends between two of its steps: all that it was about to do is lost.</summary>
    public void Kill(object owner)
    {
        paused.RemoveAll(one => one.Owner == owner);
        running.RemoveAll(one => one.Owner == owner);
    }

    /// <summary>Counts a step, and tells it to whoever replays the seed.</summary>
    public void Tell(string what)
    {
        Count++;
        Trace?.Invoke($"{Count}: {what}");
    }

    private void Settle()
    {
        while (posted.TryDequeue(out var next))
        {
            next.Callback(next.State);
        }
    }

    private void Reap()
    {
        foreach (var (_, work) in running.Where(one => one.Work.IsCompleted).ToList())
        {
            running.RemoveAll(one => one.Work == work);
            work.GetAwaiter().GetResult();
        }
    }

    private sealed record Paused(object Owner, string Where, TaskCompletionSource Signal);
}
