using System.Text.RegularExpressions;
using HybridCalendar.Domain;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Domain.Organizations;
using HybridCalendar.Projections;
using Marten;

namespace HybridCalendar.Specs.Stored;

/// <summary>The table of stored names is complete, and the store uses it.</summary>
public partial class StoredNamesSpecs
{
    private static readonly Type[] Kinds =
        [typeof(OrganizationEvent), typeof(MailboxEvent), typeof(MeetingEvent)];

    private static readonly Type[] EventTypes =
    [
        .. typeof(StoredNames).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && Kinds.Any(kind => kind.IsAssignableFrom(type))),
    ];

    [Fact]
    public void Every_type_of_event_has_a_stored_name_and_nothing_else_has() =>
        StoredNames.Events.Keys.ShouldBe(EventTypes, ignoreOrder: true);

    [Fact]
    public void Every_type_of_event_is_sealed_so_that_no_other_is_stored_under_its_name() =>
        EventTypes.Where(type => !type.IsSealed).ShouldBeEmpty();

    [Fact]
    public void No_name_is_used_twice() => StoredNames.Events.Values.ShouldBeUnique();

    [Fact]
    public void Names_are_in_snake_case() =>
        StoredNames.Events.Values.Where(name => !SnakeCase().IsMatch(name)).ShouldBeEmpty();

    [Fact]
    public void The_store_knows_every_type_by_its_stored_name()
    {
        var store = new StoreOptions();
        store.AddCalendar();
        var mapped = ((IReadOnlyStoreOptions)store).Events.AllKnownEventTypes()
            .Where(mapping => StoredNames.Events.ContainsKey(mapping.EventType))
            .ToDictionary(mapping => mapping.EventType, mapping => mapping.EventTypeName);

        mapped.ShouldBe(StoredNames.Events, ignoreOrder: true);
    }

    [GeneratedRegex("^[a-z]+(_[a-z]+)*$")]
    private static partial Regex SnakeCase();
}
