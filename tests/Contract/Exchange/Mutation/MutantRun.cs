using System.Collections.Concurrent;

namespace HybridCalendar.Contract.Exchange.Mutation;

/// <summary>What is wrong with the reading of a mutant.</summary>
internal sealed record MutantFailure(int Number, string Said)
{
    public override string ToString() => Said;
}

/// <summary>Reads many mutants, on all cores.</summary>
/// <param name="read">How they are read; null for as the client does.</param>
/// <param name="patience">After how long with one mutant it is taken for endless.</param>
internal sealed class MutantRun(
    IReadOnlyList<Specimen> specimens, int seed, TimeSpan patience, ReadReply? read = null)
{
    private const int FailuresMost = 5;
    private const int None = -1;

    private readonly ConcurrentBag<MutantFailure> failures = [];
    private readonly int[] current = new int[Environment.ProcessorCount];
    private int next;
    private int end;

    /// <summary>How often a reader came to a code; NoError for an answer, "" for a stream.</summary>
    internal ConcurrentDictionary<(string Reader, string Code), int> Outcomes { get; } = [];

    /// <summary>Reads the mutants with these numbers; tells the first few that fail.</summary>
    internal async Task<IReadOnlyList<MutantFailure>> Read(
        int first, int count, CancellationToken cancellation)
    {
        Warm();
        failures.Clear();
        (next, end) = (first - 1, first + count);
        Array.Fill(current, None);
        var work = Task.WhenAll(current.Select((_, worker) => Start(worker)));
        while (!work.IsCompleted && failures.Count < FailuresMost)
        {
            int[] before = [.. current];
            await Task.WhenAny(work, Task.Delay(patience, cancellation));
            cancellation.ThrowIfCancellationRequested();
            foreach (var number in before.Where((one, worker) => one != None && one == current[worker]))
            {
                Fail(number, "has not ended");
                end = 0;
            }

            if (end == 0)
            {
                break;
            }
        }

        await (end == 0 ? Task.CompletedTask : work);
        return [.. failures.OrderBy(failure => failure.Number)];
    }

    // What is made once, as the table of time zones, is not made for the mutant that needs it first.
    private void Warm()
    {
        foreach (var specimen in specimens.Where(_ => read is null))
        {
            new Mutant(specimen, specimen.Reader, specimen.Bytes, specimen.Bytes.Length + 1, []).Read();
        }
    }

    // A thread of its own: one that never ends must not take another's.
    private Task Start(int worker)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                Work(worker);
                ended.SetResult();
            }
            catch (Exception broken)
            {
                ended.SetException(broken);
            }
        })
        {
            IsBackground = true,
        };
        thread.Start();
        return ended.Task;
    }

    private void Work(int worker)
    {
        while (Interlocked.Increment(ref next) is var number && number < end && failures.Count < FailuresMost)
        {
            current[worker] = number;
            var mutant = Mutant.Make(specimens, seed, number);
            var evidence = mutant.Read(read);
            current[worker] = None;
            Outcomes.AddOrUpdate((mutant.Reader ?? "", evidence.Code), 1, static (_, times) => times + 1);
            if (evidence.Complaint is { } complaint)
            {
                Fail(number, complaint);
            }
        }
    }

    private void Fail(int number, string complaint) => failures.Add(new MutantFailure(
        number, $"SEED={seed} MUTANT={number}: {complaint}\n{Mutant.Make(specimens, seed, number)}\n"));
}
