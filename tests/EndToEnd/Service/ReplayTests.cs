using System.Text.Json;
using HybridCalendar.Adapters.Keys;
using HybridCalendar.Domain.Audit;
using HybridCalendar.Host.Audit;
using HybridCalendar.Host.Keys;
using HybridCalendar.Host.Read;
using HybridCalendar.Projections;
using Marten;
using NodaTime.Text;

namespace HybridCalendar.EndToEnd.Service;

/// <summary>Read models are shown as they were.</summary>
public sealed class ReplayTests(LiveWorld live) : IClassFixture<LiveWorld>
{
    private CalendarService Service => live.World.Service;

    [Fact]
    public async Task every_read_model_is_replayed_as_it_was_byte_for_byte()
    {
        await (await Booking.Make(live, "Before")).WaitUntil(_ => true);
        var (position, documents) = await Quiet();
        await (await Booking.Make(live, "After")).WaitUntil(_ => true);

        using var store = DocumentStore.For(options =>
        {
            options.Connection(live.World.Database.ConnectionString);
            options.AddCalendar();
        });
        using var key = KeyFile.OpenOrCreate(Service.Settings["Keys__File"]);
        using var keyring = new Keyring(store, key);
        var replay = new Replay(store, new AuditLog(store), keyring);
        foreach (var model in Catalog.ReadModels)
        {
            var replayed = await replay
                .At(model, new ReplayScope(), position, position, TestContext.Current.CancellationToken)
                .Select(one => Canonical(JsonSerializer.Serialize(one.First, EventJson.Options)))
                .ToListAsync(TestContext.Current.CancellationToken);
            replayed.Order(StringComparer.Ordinal)
                .ShouldBe(documents[model.Name].Order(StringComparer.Ordinal), model.Name);
        }
    }

    [Fact]
    public async Task a_replay_shows_what_stood_there_at_an_instant_and_what_became_of_it()
    {
        var booking = await Booking.Make(live, "Replayed");
        var meeting = await booking.WaitUntil(_ => true);
        var before = InstantPattern.ExtendedIso.Format((await Service.History(meeting.Id))[0].RecordedAt);
        await live.World.Lab.Patch($"/lab/meetings/{booking.Uid}", new { subject = "Replayed later" });
        await Deadline.Wait(
            async () => (await Service.History(meeting.Id)).Any(e => e.Event == "meeting_retitled")
                ? null
                : "not retitled yet",
            LiveWorld.Limit);
        var after = (await Service.History(meeting.Id))[^1];

        var model = $"/v1/replay/meeting_list?meeting={meeting.Id}";
        var path = $"{model}&at={before}";
        var then = await Service.Lines<JsonElement>(path);
        var facts = then.ShouldHaveSingleItem().GetProperty("document").GetProperty("facts");
        facts.GetProperty("title").GetString().ShouldBe("Replayed");
        (await Service.Lines<JsonElement>($"{model}&at=1")).ShouldBeEmpty();
        var change = (await Service.Lines<Difference>($"{path}&and={after.Position}")).ShouldHaveSingleItem()
            .Changes.Single(each => each.Member == "facts.title");
        $"{change.From} {change.To}".ShouldBe("Replayed Replayed later");
        (await Service.Command(
            "replay", "--meeting", $"{meeting.Id}", "--at", before, "--and", $"{after.Position}"))
            .ShouldContain("facts.title: \"Replayed\" -> \"Replayed later\"");
    }

    /// <summary>The documents at a time when all that is recorded is folded, and the last position.</summary>
    private async Task<(long Position, IReadOnlyDictionary<string, string[]> Documents)> Quiet()
    {
        var (position, documents) = (0L, new Dictionary<string, string[]>());
        await Deadline.Wait(
            async () =>
            {
                position = await live.World.Database.WaitUntilFolded();
                foreach (var model in Catalog.ReadModels)
                {
                    var table = $"calendar.mt_doc_{TestDatabase.TableOf(model)}";
                    var all = await live.World.Database.Query<string>(
                        $"select coalesce(jsonb_agg(data), '[]')::text from {table}");
                    documents[model.Name] =
                    [
                        .. JsonElement.Parse(all).EnumerateArray().Select(one => Canonical(one.GetRawText())),
                    ];
                }

                return await live.World.Database.Newest() == position
                    ? null
                    : $"something was recorded after {position} meanwhile";
            },
            LiveWorld.Limit);
        return (position, documents);
    }

    private static string Canonical(string json)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        CanonicalJson.Write(System.Text.Encoding.UTF8.GetBytes(json), output);
        return System.Text.Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
