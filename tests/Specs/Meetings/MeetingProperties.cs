using System.Text.Json;
using CsCheck;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Projections;

namespace HybridCalendar.Specs.Meetings;

/// <summary>
/// How: looks at a calendar of few values are delivered as a watcher may deliver them, doubled and late.
/// </summary>
public class MeetingProperties
{
    private const int ReplaysMax = 3;

    /// <summary>After each look some of those that were already taken are delivered again.</summary>
    private static readonly Gen<(IReadOnlyList<MeetingLook> Looks, int[][] Replays)> Deliveries =
        from looks in LookGen.Looks
        from replays in Gen.Int[0, int.MaxValue].Array[0, ReplaysMax].Array[looks.Count]
        select (looks, replays);

    private static readonly Gen<(IReadOnlyList<MeetingLook> Looks, int[] Order)> Shuffled =
        from looks in LookGen.Looks
        from order in Gen.Shuffle(Enumerable.Range(0, looks.Count).ToArray())
        select (looks, order);

    [Fact]
    public void Every_fold_is_what_the_newest_look_shows_when_looks_come_once() =>
        LookGen.Looks.Sample(looks => Recorded.Of(looks).ShouldBeAsShownBy(looks[^1]));

    [Fact]
    public void Every_fold_is_what_the_newest_look_shows_when_looks_come_twice_and_late() =>
        Deliveries.Sample((looks, replays) =>
        {
            var recorded = new Recorded();
            for (var newest = 0; newest < looks.Count; newest++)
            {
                recorded.Deliver(looks[newest]);
                foreach (var replay in replays[newest])
                {
                    recorded.Deliver(looks[replay % (newest + 1)]);
                }

                recorded.ShouldBeAsShownBy(looks[newest]);
            }
        });

    [Fact]
    public void Looks_that_come_again_add_nothing_to_the_record() =>
        Deliveries.Sample((looks, replays) =>
        {
            var doubled = looks.Index().SelectMany(look =>
                replays[look.Index].Select(replay => looks[replay % (look.Index + 1)]).Prepend(look.Item));
            Recorded.Of(doubled).Happened.ShouldBe(Recorded.Of(looks).Happened);
        });

    [Fact]
    public void Deciding_the_same_look_again_gives_nothing() =>
        Shuffled.Sample((looks, order) =>
        {
            var recorded = new Recorded();
            foreach (var index in order)
            {
                recorded.Deliver(looks[index]);
                MeetingDecider.Decide(recorded.State, looks[index]).ShouldBeEmpty();
            }
        });

    [Fact]
    public void Whatever_the_order_was_the_newest_look_once_more_puts_everything_right() =>
        Shuffled.Sample((looks, order) =>
        {
            var recorded = Recorded.Of(order.Select(index => looks[index]));
            recorded.Deliver(looks[^1]);
            recorded.ShouldBeAsShownBy(looks[^1]);
        });

    [Fact]
    public void What_is_recorded_is_never_older_than_what_was_recorded_before() =>
        Shuffled.Sample((looks, order) =>
            Recorded.Of(order.Select(index => looks[index])).Happened
                .Select(happened => happened.Look.At)
                .ShouldBeInOrder());

    [Fact]
    public void A_fold_of_what_is_stored_is_the_fold_of_what_happened() =>
        LookGen.Looks.Sample(looks =>
        {
            var live = Recorded.Of(looks);
            var rebuilt = new Recorded();
            foreach (var happened in live.Happened)
            {
                var type = happened.GetType();
                var stored = JsonSerializer.SerializeToUtf8Bytes(happened, type, EventJson.Options);
                rebuilt.Append((MeetingEvent)JsonSerializer.Deserialize(stored, type, EventJson.Options)!);
            }

            rebuilt.Happened.ShouldBe(live.Happened);
            rebuilt.State.ShouldBe(live.State);
            Written(rebuilt.Listed).ShouldBe(Written(live.Listed));
            Written(rebuilt.Scheduled).ShouldBe(Written(live.Scheduled));
        });

    [Fact]
    public void A_document_that_is_stored_and_read_between_events_folds_on_as_if_it_had_not_been() =>
        LookGen.Looks.Sample(looks =>
        {
            var live = Recorded.Of(looks);
            ListedMeeting? listed = null;
            ScheduledJoin? scheduled = null;
            foreach (var happened in live.Happened)
            {
                listed = StoredAndRead(ListedMeeting.Fold(listed, Example.Meeting.Value, happened));
                scheduled = StoredAndRead(ScheduledJoin.Fold(scheduled, Example.Meeting.Value, happened));
            }

            Written(listed).ShouldBe(Written(live.Listed));
            Written(scheduled).ShouldBe(Written(live.Scheduled));
        });

    private static string Written<T>(T document) => JsonSerializer.Serialize(document, EventJson.Options);

    private static T StoredAndRead<T>(T document) =>
        JsonSerializer.Deserialize<T>(Written(document), EventJson.Options)!;
}
