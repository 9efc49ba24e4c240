using System.Text;
using System.Text.Json.Serialization.Metadata;
using HybridCalendar.Domain;
using HybridCalendar.Projections;

namespace HybridCalendar.Host.Rebuild;

/// <summary>
/// The types of event that some read models are folded from, by the names they are stored under.
/// </summary>
internal sealed class EventTypes
{
    private readonly byte[][] names;
    private readonly JsonTypeInfo[] shapes;
    private readonly int[][] models;

    public EventTypes(IReadOnlyList<ReadModel> readModels)
    {
        var stored = StoredNames.Events
            .Where(pair => readModels.Any(model => model.Events.Contains(pair.Key)))
            .ToArray();
        names = [.. stored.Select(pair => Encoding.UTF8.GetBytes(pair.Value))];
        shapes = [.. stored.Select(pair => EventJson.Options.GetTypeInfo(pair.Key))];
        models =
        [
            .. stored.Select(pair => readModels.Index()
                .Where(indexed => indexed.Item.Events.Contains(pair.Key))
                .Select(indexed => indexed.Index)
                .ToArray()),
        ];
        Condition = $"type in ({string.Join(", ", stored.Select(pair => $"'{pair.Value}'"))})"
            + " and not is_archived";
    }

    /// <summary>What holds in SQL for the events of these types that the daemon folds, too.</summary>
    public string Condition { get; }

    public int IndexOf(ReadOnlySpan<byte> name)
    {
        for (var index = 0; index < names.Length; index++)
        {
            if (name.SequenceEqual(names[index]))
            {
                return index;
            }
        }

        throw new InvalidDataException($"An event is of the type {Encoding.UTF8.GetString(name)}.");
    }

    public string Name(int type) => Encoding.UTF8.GetString(names[type]);

    public JsonTypeInfo Shape(int type) => shapes[type];

    /// <summary>Which of the read models are folded from it.</summary>
    public ReadOnlySpan<int> ModelsOf(int type) => models[type];
}
