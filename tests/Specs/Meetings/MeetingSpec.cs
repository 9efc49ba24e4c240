using HybridCalendar.Domain.Meetings;

namespace HybridCalendar.Specs.Meetings;

/// <summary>
/// Given what is recorded of a meeting, when a look shows this, then exactly that is recorded.
/// </summary>
internal static class MeetingSpec
{
    public static Past Given(params MeetingEvent[] happened) => new(happened);

    public static Meeting? Fold(IEnumerable<MeetingEvent> happened) =>
        happened.Aggregate((Meeting?)null, Meeting.Evolve);

    internal sealed class Past(MeetingEvent[] happened)
    {
        public News When(MeetingLook look) => new(MeetingDecider.Decide(Fold(happened), look));
    }

    internal sealed class News(IReadOnlyList<MeetingEvent> decided)
    {
        /// <summary>These, in this order, and nothing else; equal in type and in every member.</summary>
        public void Then(MeetingEvent first, params MeetingEvent[] more) =>
            decided.ShouldBe([first, .. more]);

        public void ThenNothing() => decided.ShouldBeEmpty();
    }
}
