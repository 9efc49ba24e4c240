using System.Text;
using System.Xml;
using System.Xml.Linq;
using CsCheck;
using HybridCalendar.Adapters.Exchange.Reading;
using HybridCalendar.Adapters.Exchange.Soap;
using HybridCalendar.Domain;
using HybridCalendar.Domain.Time;
using NodaTime;
using static HybridCalendar.Domain.Time.RecurrencePattern;

namespace HybridCalendar.Contract.Exchange;

/// <summary>Rules of zones as a server writes them are read as what they mean.</summary>
public sealed class ZoneRoundTripTests
{
    private static readonly XNamespace T = Namespaces.Types;

    private static readonly Gen<(Func<int, Yearly> Day, int At)> GenDay = Gen.Select(
        Gen.OneOf<Func<int, Yearly>>(
            Gen.Int[1, 31].Select(Func<int, Yearly> (day) => month => new AbsoluteYearly(day, month)),
            Gen.Select(
                Gen.Enum<DayOfWeekIndex>(),
                Gen.Enum<DayOfWeekToken>(),
                Func<int, Yearly> (index, day) => month => new RelativeYearly(index, day, month))),
        Gen.Int[0, 86_400]);

    // The least offset is that of standard time, so one of the transitions leads to it and one does not.
    private static readonly Gen<ValueList<ZoneTransition>> GenTransitions = Gen.Select(
        Gen.Int[1, 6], Gen.Int[7, 12], GenDay, GenDay, Gen.Int[1, 10_000], Gen.Bool,
        (first, second, one, other, savings, inSouth) => new ValueList<ZoneTransition>(
        [
            Transition(one, first, inSouth ? 0 : savings),
            Transition(other, second, inSouth ? savings : 0),
        ]));

    private static readonly Gen<ZoneDefinition> GenDefinition = Gen.Select(
        Gen.Int[-43_200, 43_200],
        Gen.Frequency((1, Gen.Const(ValueList<ZoneTransition>.Empty)), (3, GenTransitions)),
        Gen.Int[1, 2_000_000_000])
        .Array[1, 5].Select(eras => new ZoneDefinition(
        [
            .. eras.DistinctBy(era => era.Item1).DistinctBy(era => era.Item3).OrderBy(era => era.Item3)
                .Select((era, index) => new ZoneEra(
                    Offset.FromSeconds(era.Item1),
                    era.Item2,
                    index == 0 ? null : Instant.FromUnixTimeSeconds(era.Item3))),
        ]));

    // How: each offset gets a period, each era a group; eras begin in UTC or by the clocks until then.
    [Fact]
    public void rules_are_read_as_they_were_meant() =>
        Gen.Select(GenDefinition, Gen.Bool).Sample((definition, local) =>
        {
            var xml = Written(definition, local);
            Schemas.Complaints(new XElement(T + "TimeZoneContext", xml)).ShouldBeEmpty();
            using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(xml.ToString()));
            using var cursor = XmlCursor.Over(bytes);
            cursor.Next(cursor.Enter());
            ZoneReading.Read(RawZoneReader.Read(cursor)).Definition.ShouldBe(definition);
        });

    private static ZoneTransition Transition((Func<int, Yearly> Day, int At) when, int month, int savings) =>
        new(when.Day(month), Duration.FromSeconds(when.At), Offset.FromSeconds(savings));

    private static XElement Written(ZoneDefinition definition, bool local)
    {
        var offsets = definition.Eras
            .SelectMany(era => era.Transitions
                .Select(t => era.StandardOffset + t.Savings).Append(era.StandardOffset))
            .Distinct();
        return new XElement(
            T + "TimeZoneDefinition",
            new XElement(T + "Periods", offsets.Select(offset => new XElement(
                T + "Period",
                new XAttribute("Bias", Text(-offset.Seconds)),
                new XAttribute("Name", "Any"),
                new XAttribute("Id", Id(offset))))),
            new XElement(T + "TransitionsGroups", definition.Eras.Select(Group)),
            new XElement(T + "Transitions", definition.Eras.Select(
                (era, index) => Beginning(
                    new ZoneDefinition([.. definition.Eras.Take(index)]), era, index, local))));
    }

    private static XElement Group(ZoneEra era, int index) => new(
        T + "TransitionsGroup",
        new XAttribute("Id", index),
        era.Transitions.Count == 0
            ? new XElement(T + "Transition", To("Period", Id(era.StandardOffset)))
            : era.Transitions.Select(transition => Yearly(era, transition)));

    private static XElement Yearly(ZoneEra era, ZoneTransition transition)
    {
        object[] start =
        [
            To("Period", Id(era.StandardOffset + transition.Savings)),
            new XElement(T + "TimeOffset", Text((int)transition.At.TotalSeconds)),
        ];
        return transition.Day switch
        {
            AbsoluteYearly day => new XElement(
                T + "RecurringDateTransition", start, new XElement(T + "Month", day.Month),
                new XElement(T + "Day", day.DayOfMonth)),
            RelativeYearly day => new XElement(
                T + "RecurringDayTransition", start, new XElement(T + "Month", day.Month),
                new XElement(T + "DayOfWeek", day.Day),
                new XElement(T + "Occurrence", day.Index == DayOfWeekIndex.Last ? -1 : (int)day.Index)),
            var other => throw new InvalidOperationException($"{other}"),
        };
    }

    private static XElement Beginning(ZoneDefinition before, ZoneEra era, int index, bool local)
    {
        var to = To("Group", index);
        if (era.From is not { } from)
        {
            return new XElement(T + "Transition", to);
        }

        // What clocks show twice means the earlier, so the later one needs its offset.
        var clock = from.InZone(before.ToZone());
        var isClear = clock.Zone.MapLocal(clock.LocalDateTime).First().ToInstant() == from;
        return new XElement(
            T + "AbsoluteDateTransition",
            to,
            new XElement(T + "DateTime", local && isClear ? $"{clock.LocalDateTime:s}" : $"{from:g}"));
    }

    private static XElement To(string kind, object id) => new(T + "To", new XAttribute("Kind", kind), id);

    private static string Id(Offset offset) => $"at {offset.Seconds}";

    private static string Text(int seconds) => XmlConvert.ToString(TimeSpan.FromSeconds(seconds));
}
