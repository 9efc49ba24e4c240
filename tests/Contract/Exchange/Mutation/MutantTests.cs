using System.Globalization;
using HybridCalendar.Adapters.Exchange.Soap;

namespace HybridCalendar.Contract.Exchange.Mutation;

/// <summary>
/// Whatever a server sends, reading it ends in an answer or in a failure with a clean code: never in an
/// exception, never in endless work, never in memory out of proportion.
/// </summary>
/// <remarks>
/// MUTANTS is how many are read, SEED which ones. A failure names its SEED and MUTANT, which read that one
/// again: <c>SEED=1 MUTANT=4711 ./test no_mutant</c>.
/// </remarks>
public sealed class MutantTests
{
    private const int Usually = 100_000;
    private const string Hangs = "has not ended";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LittlePatience = TimeSpan.FromMilliseconds(200);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // How: damage replies in one to four ways, read each as the client does, and look at what came of it.
    [Fact]
    public async Task no_mutant_of_a_reply_breaks_the_reader()
    {
        var run = new MutantRun(await Specimens.All(), Setting("SEED") ?? 1, Patience);
        var failures = Setting("MUTANT") is { } one
            ? await run.Read(one, 1, Cancellation)
            : await run.Read(0, Setting("MUTANTS") ?? Usually, Cancellation);
        failures.ShouldBeEmpty();

        // Mutants that are no XML any more would prove little: many are still read to their end.
        if (run.Outcomes.Values.Sum() >= Usually)
        {
            foreach (var reader in ReplyReaders.All.Keys)
            {
                run.Outcomes[(reader, Verdict.NoError)].ShouldBeGreaterThan(Usually / 500, reader);
                run.Outcomes[(reader, Verdict.MalformedCode)].ShouldBeGreaterThan(Usually / 500, reader);
            }
        }
    }

    public static TheoryData<string> Defects => new(Broken.Keys);

    private static Dictionary<string, ReadReply> Broken { get; } = new()
    {
        ["IndexOutOfRangeException"] = (reply, evidence) => evidence.Named($"{""[reply.ReadByte()]}"),
        ["a code that is no name"] = (_, evidence) => evidence.Failed(new Verdict("no name", "")),
        ["characters that XML does not allow"] = (_, evidence) => evidence.Kept("\0"),
        ["that may quote the reply"] = (_, evidence) => evidence.Problem("Start: \"tomorrow\""),
        ["bytes allocated"] = (_, _) => GC.KeepAlive(new byte[Mutant.AtLeast + (Mutant.PerByte * 1_000_000)]),
        ["beyond its end"] = (reply, _) => Enumerable.Repeat(reply, 100_000).Sum(one => one.ReadByte()),
        [Hangs] = (_, _) => new SemaphoreSlim(0).Wait(),
    };

    [Theory]
    [MemberData(nameof(Defects))]
    public async Task a_reader_that_breaks_a_promise_is_found_and_its_mutant_read_again(string complaint)
    {
        Specimen[] specimens = [new("one", ReplyReaders.Any, "<a><b c=\"d\">e</b></a>"u8.ToArray())];
        var patience = complaint == Hangs ? LittlePatience : Patience;
        var run = new MutantRun(specimens, 7, patience, Broken[complaint]);
        var failure = (await run.Read(0, 200, Cancellation)).First();
        failure.Said.ShouldContain(complaint);
        failure.Said.ShouldContain($"SEED=7 MUTANT={failure.Number}");
        var again = (await run.Read(failure.Number, 1, Cancellation)).ShouldHaveSingleItem();
        again.Said.Split('\n').Last().ShouldBe(failure.Said.Split('\n').Last());
        again.Said.ShouldContain(complaint);
    }

    private static int? Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text
            ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture)
            : null;
}
