using System.Globalization;
using HybridCalendar.Host.Rebuild;
using HybridCalendar.Projections;
using Marten;

namespace HybridCalendar.Host.Commands.Projections;

/// <summary>
/// Command line: projections …, what operators do with the read models. It takes the place of JasperFx's
/// command of that name, which rebuilds in the table that is read.
/// </summary>
internal sealed class ProjectionsCommand(IDocumentStore store, Settings settings)
{
    public const string Name = "projections";

    private const int Good = 0;
    private const int Bad = 1;
    private const int NotUnderstood = 2;
    private const int Held = 3;

    private static readonly string Usage = $"""
        usage: projections rebuild [NAME ... | --all]   folds afresh, while the service goes on
               projections verify [NAME ...]            folds afresh, and compares with what is stored
               projections status                       lag, rate, version, last error, dead letters
               projections list                         their names and versions
               projections drop --old | NAME VERSION    removes the tables of versions that are not used

          --streams-per-part N   of rebuild and verify: streams that are in memory at the same time
                                 (default: {Rebuilder.StreamsPerPart})

        exit codes: 0 done, and all is well; 1 it failed, documents differ, or not all is well; 2 the words
        were not understood; 3 another process is rebuilding
        """;

    /// <summary>Does what the words say. The answer is the exit code.</summary>
    public async Task<int> Run(string[] words, CancellationToken cancellation)
    {
        try
        {
            return words switch
            {
                ["rebuild", .. var rest] when Read(rest) is var (models, part) =>
                    await Rebuild(models, part, cancellation),
                ["verify", .. var rest] when Read(rest) is var (models, part) =>
                    await Verify(models, part, cancellation),
                ["status"] => await Status(cancellation),
                ["list"] => List(),
                ["drop", "--old"] => await Drop(null, null, cancellation),
                ["drop", var name, var version] when Named(name) is { } model
                    && uint.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var old) =>
                    await Drop(model, old, cancellation),
                _ => Explain(),
            };
        }
        catch (BuildHeldException held)
        {
            await Console.Error.WriteLineAsync(held.Message);
            return Held;
        }
        catch (Exception failure)
            when (failure is FoldException or InvalidDataException or TimeoutException
                or VersionInUseException)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return Bad;
        }
    }

    private static ReadModel? Named(string name) =>
        Catalog.ReadModels.FirstOrDefault(model => model.Name == name);

    // Names and a bound; null when the words are not understood.
    private static (IReadOnlyList<ReadModel> Models, int Part)? Read(string[] words)
    {
        var models = new List<ReadModel>();
        var part = Rebuilder.StreamsPerPart;
        for (var index = 0; index < words.Length; index++)
        {
            if (words[index] == "--streams-per-part" && index + 1 < words.Length
                && int.TryParse(
                    words[++index], NumberStyles.None, CultureInfo.InvariantCulture, out part) && part > 0)
            {
                continue;
            }

            if (words[index] == "--all")
            {
                models.AddRange(Catalog.ReadModels);
            }
            else if (Named(words[index]) is { } model)
            {
                models.Add(model);
            }
            else
            {
                return null;
            }
        }

        return (models.Count == 0 ? Catalog.ReadModels : [.. models.Distinct()], part);
    }

    private async Task<int> Rebuild(
        IReadOnlyList<ReadModel> models, int streamsPerPart, CancellationToken cancellation)
    {
        var told = new BuildProgress();
        var rebuilder = new Rebuilder(store, settings.Database, told);
        await BuildDisplay.Show(told, () => rebuilder.Rebuild(models, streamsPerPart, cancellation));
        return Good;
    }

    private async Task<int> Verify(
        IReadOnlyList<ReadModel> models, int streamsPerPart, CancellationToken cancellation)
    {
        var tables = new ReadModelTables(store);
        var verifier = new Verifier(settings.Database, tables.Of, Console.WriteLine);
        var code = Good;
        foreach (var model in models)
        {
            var outcome = await verifier.Verify(model, streamsPerPart, cancellation);
            var begun = outcome.Position is { } at ? $"up to event {at}" : "which was never folded";
            await Console.Out.WriteLineAsync(outcome.Differences == 0
                ? $"{model.Name}, {begun}: all {outcome.Documents} documents are what the events say."
                : $"{model.Name}, {begun}: {outcome.Differences} of {outcome.Documents} documents are not "
                + $"what the events say. projections rebuild {model.Name} mends that.");
            code = outcome.Differences == 0 ? code : Bad;
        }

        return code;
    }

    private async Task<int> Status(CancellationToken cancellation)
    {
        var report = await StatusReport.Make(settings.Database, cancellation);
        report.Lines.ToList().ForEach(Console.WriteLine);
        return report.AllIsWell ? Good : Bad;
    }

    private static int List()
    {
        foreach (var model in Catalog.ReadModels)
        {
            Console.WriteLine($"{model.Name} version {model.Version}");
        }

        return Good;
    }

    private async Task<int> Drop(ReadModel? model, uint? version, CancellationToken cancellation)
    {
        var versions = new StoredVersions(settings.Database, new ReadModelTables(store));
        var dropped = model is { } && version is { } one
            ? await versions.Drop(model, one, cancellation)
            : await versions.DropOlder(cancellation);
        dropped.ToList().ForEach(Console.WriteLine);
        await Console.Out.WriteLineAsync(dropped.Count == 0 ? "There was nothing to drop." : "Dropped.");
        return Good;
    }

    private static int Explain()
    {
        Console.Error.WriteLine(Usage);
        return NotUnderstood;
    }
}
