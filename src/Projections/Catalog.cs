using HybridCalendar.Domain;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Domain.Meetings;
using HybridCalendar.Domain.Organizations;
using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Weasel.Core;

namespace HybridCalendar.Projections;

/// <summary>How the store keeps the events, and every projection that is folded from them.</summary>
public static class Catalog
{
    /// <summary>The database schema of events and documents.</summary>
    public const string Schema = "calendar";

    /// <summary>When documents are folded: by the daemon, behind the commit that appends.</summary>
    public const ProjectionLifecycle Lifecycle = ProjectionLifecycle.Async;

    /// <summary>Every read model, with the version that this build folds and reads.</summary>
    public static IReadOnlyList<ReadModel> ReadModels { get; } =
    [
        new ReadModel<ListedMeeting, MeetingEvent>("meeting_list", 1, ListedMeeting.Fold),
        new ReadModel<ScheduledJoin, MeetingEvent>("join_schedule", 1, ScheduledJoin.Fold),
        new ReadModel<Presence, MailboxEvent>("presence", 1, Presence.Fold),
        new ReadModel<ListedMailbox, MailboxEvent>("mailbox_list", 1, ListedMailbox.Fold),
        new ReadModel<OrganizationSettings, OrganizationEvent>(
            "organization_settings", 1, OrganizationSettings.Fold),
        new ReadModel<Incidents, object>("incidents", 1, Incidents.Fold),
    ];

    /// <summary>What operators call the projections; stored with their progress.</summary>
    public static IReadOnlyList<string> ProjectionNames { get; } =
        [.. ReadModels.Select(model => model.Name)];

    /// <summary>Tells Marten all that this service stores.</summary>
    /// <param name="lifecycle">Another than the service's own, to measure it.</param>
    public static void AddCalendar(this StoreOptions store, ProjectionLifecycle lifecycle = Lifecycle)
    {
        store.DatabaseSchemaName = Schema;
        store.UseSystemTextJsonForSerialization(EnumStorage.AsString, Casing.CamelCase, EventJson.Configure);
        foreach (var (type, name) in StoredNames.Events)
        {
            store.Events.MapEventType(type, name);
        }

        store.Events.AppendMode = EventAppendMode.QuickWithServerTimestamps;
        store.Events.UseListenNotifyForEventAppends = true;
        store.Events.EnableExtendedProgressionTracking = true;
        store.Projections.Errors.SkipApplyErrors = false;
        store.Projections.Errors.SkipSerializationErrors = false;
        store.Projections.Errors.SkipUnknownEvents = false;
        store.Projections.RebuildErrors.SkipApplyErrors = false;
        store.Projections.RebuildErrors.SkipSerializationErrors = false;
        store.Projections.RebuildErrors.SkipUnknownEvents = false;

        foreach (var model in ReadModels)
        {
            model.AddTo(store, lifecycle);
        }

        BuildTable.AddTo(store);
        store.Schema.For<ListedMeeting>().Index(m => new { m.Mailbox, m.Time.EndSecond });
        store.Schema.For<Incidents>().Index(incidents => new { incidents.IsOpen, incidents.Mailbox });
        store.Schema.For<ScheduledJoin>().Index(m => new { m.Mailbox, m.Time.EndSecond });
    }
}
