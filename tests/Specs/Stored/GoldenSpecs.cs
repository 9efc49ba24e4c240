using System.Text.Json;
using System.Text.Json.Nodes;
using HybridCalendar.Domain;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Domain.Time;
using HybridCalendar.Projections;

namespace HybridCalendar.Specs.Stored;

/// <summary>
/// What is stored stays readable for ever. How: files hold the bytes that the store's own serializer writes.
/// </summary>
public class GoldenSpecs
{
    public static TheoryData<string> Examples => [.. EventExamples.All.Keys];

    public static TheoryData<string> Files => [.. Golden.Names()];

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_event_is_written_as_its_file_says(string name) =>
        StoreSerializer.Write(EventExamples.All[name]).ShouldBe(Golden.Read(name));

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_file_is_read_as_the_event_that_was_written(string name)
    {
        var expected = EventExamples.All[name];
        StoreSerializer.Read(expected.GetType(), Golden.Read(name)).ShouldBe(expected);
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_file_whose_members_jsonb_has_sorted_is_read_the_same(string name)
    {
        var expected = EventExamples.All[name];
        var sorted = Jsonb.Reorder(Golden.Read(name));

        sorted.ShouldNotBe(Golden.Read(name));
        StoreSerializer.Read(expected.GetType(), sorted).ShouldBe(expected);
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Outside_the_store_an_event_is_written_the_same(string name)
    {
        var example = EventExamples.All[name];
        JsonSerializer.Serialize(example, example.GetType(), EventJson.Options).ShouldBe(Golden.Read(name));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_file_is_read_and_written_again_without_loss(string name)
    {
        var stored = Golden.Read(name);
        var again = StoreSerializer.Write(StoreSerializer.Read(TypeOf(name), stored));

        MembersThatWere(JsonNode.Parse(stored), JsonNode.Parse(again))!.ToJsonString()
            .ShouldBe(JsonNode.Parse(stored)!.ToJsonString());
    }

    [Fact]
    public void There_is_a_file_for_every_type_of_event() =>
        StoredNames.Events.Values
            .Where(name => !Golden.Exists(name))
            .Select(Golden.HowToMake)
            .ShouldBeEmpty();

    [Fact]
    public void There_is_a_file_for_every_pattern_of_a_recurrence() =>
        typeof(RecurrencePattern).GetNestedTypes()
            .Where(pattern => !pattern.IsAbstract)
            .Select(pattern => JsonNamingPolicy.SnakeCaseLower.ConvertName(pattern.Name))
            .Select(pattern => $"meeting_rescheduled.{pattern}")
            .Where(name => !Golden.Exists(name))
            .Select(Golden.HowToMake)
            .ShouldBeEmpty();

    [Fact]
    public void Every_file_is_of_a_type_that_is_still_stored() =>
        Golden.Names().Where(name => !StoredNames.Events.Values.Contains(name.Split('.')[0])).ShouldBeEmpty();

    [Fact]
    public void A_meeting_stored_without_what_may_be_left_out_is_read() =>
        StoreSerializer.Read(typeof(MeetingAppeared), Golden.Read("meeting_appeared.least"))
            .ShouldBeOfType<MeetingAppeared>()
            .Facts.ShouldBe(new MeetingFacts
            {
                When = new When
                {
                    Start = NodaTime.Instant.FromUtc(2026, 11, 23, 9, 0),
                    End = NodaTime.Instant.FromUtc(2026, 11, 23, 10, 0),
                    Zone = "UTC",
                },
            });

    [Fact]
    public void Replies_stored_without_a_span_are_read() =>
        StoreSerializer.Read(typeof(AutomaticRepliesChanged), Golden.Read("automatic_replies_changed.least"))
            .ShouldBeOfType<AutomaticRepliesChanged>()
            .Replies.ShouldBe(new AutomaticReplies(AutomaticRepliesState.Enabled));

    [Theory]
    [InlineData("meeting_response_changed", "\"response\":")]
    [InlineData("meeting_retitled", "\"digest\":")]
    public void A_member_that_is_not_known_yet_is_passed_over(string name, string next)
    {
        var stored = Golden.Read(name);
        stored.ShouldContain(next);
        var later = stored.Replace(next, "\"later\":{\"added\":1}," + next, StringComparison.Ordinal);
        StoreSerializer.Read(TypeOf(name), later).ShouldBe(EventExamples.All[name]);
    }

    [Theory]
    [InlineData("\"declined\"", "\"Declined\"")]
    [InlineData("\"hint\"", "\"Hint\"")]
    public void A_name_is_read_in_either_case(string written, string altered)
    {
        var stored = Golden.Read("meeting_response_changed");
        stored.ShouldContain(written);
        StoreSerializer.Read(
                typeof(MeetingResponseChanged), stored.Replace(written, altered, StringComparison.Ordinal))
            .ShouldBe(EventExamples.All["meeting_response_changed"]);
    }

    [Theory]
    [InlineData("meeting_response_changed", "\"response\":\"declined\"", "\"response\":4")]
    [InlineData("meeting_response_changed", "\"response\":\"declined\"", "\"response\":\"refused\"")]
    [InlineData("meeting_response_changed", "\"look\":", "\"looked\":")]
    [InlineData("meeting_retitled", "\"ciphertext\":", "\"cipher\":")]
    [InlineData("meeting_retitled", "\"digest\":", "\"digested\":")]
    [InlineData("meeting_retitled", "\"title\":", "\"title\":\"new\",\"titled\":")]
    [InlineData("mailbox_failed", "\"at\":\"2026-11-23T09:00:00Z\"", "\"at\":\"yesterday\"")]
    [InlineData("mailbox_failed", "\"at\":\"2026-11-23T09:00:00Z\"", "\"at\":\"2026-11-23T09:00Z\"")]
    [InlineData("meeting_rescheduled.daily", "\"kind\":\"daily\"", "\"kind\":\"hourly\"")]
    public void What_means_something_else_is_refused(string name, string written, string altered)
    {
        var stored = Golden.Read(name);
        stored.ShouldContain(written);
        Should.Throw<Exception>(() => StoreSerializer.Read(
            TypeOf(name), stored.Replace(written, altered, StringComparison.Ordinal)));
    }

    private static Type TypeOf(string name) =>
        StoredNames.Events.Single(pair => pair.Value == name.Split('.')[0]).Key;

    /// <summary>Of what is written today, the members that the stored text had.</summary>
    private static JsonNode? MembersThatWere(JsonNode? stored, JsonNode? again) => (stored, again) switch
    {
        (JsonObject then, JsonObject now) => new JsonObject(now
            .Where(member => then.ContainsKey(member.Key))
            .Select(member => KeyValuePair.Create(
                member.Key, MembersThatWere(then[member.Key], member.Value)))),
        (JsonArray then, JsonArray now) when now.Count == then.Count =>
            new JsonArray([.. then.Zip(now, MembersThatWere)]),
        _ => again?.DeepClone(),
    };
}
