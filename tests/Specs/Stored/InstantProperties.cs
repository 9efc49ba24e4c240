using System.Text.Json;
using CsCheck;
using HybridCalendar.Projections;
using NodaTime;
using NodaTime.Text;

namespace HybridCalendar.Specs.Stored;

/// <summary>Instants are stored in NodaTime's form, however fine and far they are.</summary>
public class InstantProperties
{
    private static readonly Gen<long> TicksOfUnit = Gen.OneOf(
        Gen.Const(1L), Gen.Const(NodaConstants.TicksPerMillisecond), Gen.Const(NodaConstants.TicksPerMinute));

    private static readonly Gen<Instant> Instants = Gen.Select(
        Gen.Long[Instant.MinValue.ToUnixTimeTicks(), Instant.MaxValue.ToUnixTimeTicks()],
        TicksOfUnit,
        Gen.OneOf(Gen.Const(0), Gen.Int[1, 99])).Select((ticks, unit, nanoseconds) =>
            Instant.FromUnixTimeTicks(ticks - (ticks % unit)).PlusNanoseconds(nanoseconds));

    [Fact]
    public void An_instant_is_written_as_NodaTime_writes_it_and_read_without_loss() =>
        Instants.Sample(instant =>
        {
            var stored = JsonSerializer.Serialize(instant, EventJson.Options);
            stored.ShouldBe($"\"{InstantPattern.ExtendedIso.Format(instant)}\"");
            JsonSerializer.Deserialize<Instant>(stored, EventJson.Options).ShouldBe(instant);
        });
}
