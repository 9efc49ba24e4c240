using System.Collections;
using System.Reflection;
using HybridCalendar.Adapters.Exchange.Reading;
using HybridCalendar.Adapters.Keys;
using HybridCalendar.Domain;
using NodaTime;

namespace HybridCalendar.Contract.Exchange;

/// <summary>
/// Values as text in which everything shows that was read, so that two readings can be compared.
/// </summary>
/// <remarks>
/// Items are also made meetings of, so that what was damaged inside of them is met as well. Lists of ids are
/// sorted: their order says nothing.
/// </remarks>
internal static class Printed
{
    private const BindingFlags Members =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    internal static string Of(object? value) => value switch
    {
        null => "-",
        Sealed text => text.Digest,
        RawItem { IsOfOtherClass: false } item => Of(item),
        string or Enum or bool or int or long or Guid or TimeSpan => $"{value}",
        _ when value.GetType().Assembly == typeof(Instant).Assembly => $"{value}",
        IEnumerable<string> ids => $"[{string.Join(", ", ids.Order(StringComparer.Ordinal))}]",
        IEnumerable list => $"[{string.Join(", ", list.Cast<object?>().Select(Of))}]",
        _ => $"{value.GetType().Name} {{ {string.Join(", ", Properties(value))} }}",
    };

    private static string Of(RawItem item)
    {
        using var seal = new MailboxSeal(Guid.Empty, new byte[MailboxSeal.DataKeyBytes]);
        var reading = new MeetingReading(seal, Targets.Find);
        object[] read =
        [
            reading.Read("id", item, []),
            .. item.Modified.Select(occurrence => reading.ReadOccurrence(occurrence, item, null)),
            reading.ReadOccurrence(new RawOccurrence("", item.Start ?? ""), item, item),
        ];
        return Of(read);
    }

    private static IEnumerable<string> Properties(object value) => value.GetType().GetProperties(Members)
        .Where(property => property.GetIndexParameters().Length == 0 && property.Name != "EqualityContract")
        .Select(property => $"{property.Name} = {Of(property.GetValue(value))}");
}
