using System.Security.Cryptography;
using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Adapters.Keys;
using HybridCalendar.Domain.Joining;
using HybridCalendar.Host.Audit;
using HybridCalendar.Host.Health;
using HybridCalendar.Host.Keys;
using HybridCalendar.Host.Read;
using HybridCalendar.Host.Rebuild;
using HybridCalendar.Host.Watch;
using HybridCalendar.Projections;
using JasperFx;
using JasperFx.CodeGeneration;
using Marten;
using Npgsql;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Scalar.AspNetCore;
using Wolverine;
using Wolverine.ErrorHandling;
using Wolverine.Http;
using Wolverine.Marten;

namespace HybridCalendar.Host;

/// <summary>Puts the service together, in the order in which a change flows through it.</summary>
public static class Composition
{
    private const string MessageSchema = "calendar_messages";
    private const string DatabaseCheck = "database";
    private const string BuiltCheck = "built";

    /// <summary>Callers at the same time, listeners of the live stream among them.</summary>
    private const int MostConnections = 500;

    /// <summary>A transaction in which nothing happens for this long is ended by the database.</summary>
    private const int FrozenMilliseconds = 60_000;

    /// <summary>
    /// A process that has not been heard of for this long is taken for dead,
    /// and its projections run elsewhere.
    /// </summary>
    private static readonly TimeSpan StaleNode = TimeSpan.FromSeconds(3);

    public static WebApplication Build(string[] args)
    {
        // Its settings lie beside the program, wherever it is started from.
        var options = new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory };
        var builder = WebApplication.CreateBuilder(options);
        var settings = Settings.Read(builder.Configuration);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ConfigureEndpointDefaults(Loopback.Check);
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
        });
        AddWatching(builder.Services, settings);
        AddStore(builder, settings, generates: args is ["codegen", ..]);
        AddReading(builder.Services);
        AddAuditing(builder.Services, settings);
        Export.Add(builder.Services, builder.Configuration);

        // Last, because hosted services start in this order and watching needs the store.
        builder.Services.AddHostedService<Watcher>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Notary>());
        var app = builder.Build();
        MapReading(app);
        return app;
    }

    private static void AddWatching(IServiceCollection services, Settings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<IKeyEncryptionKey>(KeyFile.OpenOrCreate(settings.KeyFile));
        services.AddSingleton(Calendars(settings));
        services.AddSingleton<ICalendars>(provider => provider.GetRequiredService<EwsCalendars>());
        services.AddSingleton<Keyring>();
        services.AddSingleton<WatchedMailboxes>();
        services.AddSingleton<LookQueue>();
        services.AddSingleton(new PollSchedule(settings.AutomaticReplies));
        services.AddSingleton<ExchangeContact>();
        services.AddSingleton<ReconciliationQueue>();
        services.AddSingleton<IHandlers, WolverineHandlers>();
        services.AddSingleton(new RetryPause(Random.Shared));
        services.AddSingleton<Looker>();
        services.AddSingleton<Listener>();
        services.AddSingleton<RepliesPoll>();
        services.AddSingleton<Reconciler>();
        services.AddSingleton<Streamer>();
        services.AddSingleton<RepliesPoller>();
        services.AddSingleton<Enrolment>();
    }

    private static EwsCalendars Calendars(Settings settings)
    {
        try
        {
            return new EwsCalendars(
                settings.Exchange, TimeProvider.System, new JoinTargetFinder(settings.Providers));
        }
        catch (ArgumentException wrong)
        {
            throw new SettingsException($"The Exchange settings cannot be used: {wrong.Message}");
        }
    }

    private static void AddStore(WebApplicationBuilder builder, Settings settings, bool generates)
    {
        builder.Services.AddMarten(store =>
            {
                store.Connection(WithLimits(settings.Database));
                store.AddCalendar();
                store.AddBookkeeping();
                store.AddAudit();

                // Nothing is created while running, so each document that is stored has to be named.
                store.AutoCreateSchemaObjects = AutoCreate.None;
                store.Schema.For<DataKey>();
            })
            .UseLightweightSessions()
            .IntegrateWithWolverine(integration =>
            {
                integration.MessageStorageSchemaName = MessageSchema;
                integration.UseWolverineManagedEventSubscriptionDistribution = true;
            });
        builder.Host.UseWolverine(wolverine =>
        {
            wolverine.Policies.AutoApplyTransactions();
            wolverine.OnException<ConcurrencyException>().RetryTimes(3);
            wolverine.CodeGeneration.TypeLoadMode = generates ? TypeLoadMode.Dynamic : TypeLoadMode.Static;
            wolverine.CodeGeneration.GeneratedCodeOutputPath = Path.GetFullPath("Internal/Generated");
            wolverine.AutoBuildMessageStorageOnStartup = AutoCreate.None;
            wolverine.Durability.Mode = DurabilityMode.Balanced;
            wolverine.Durability.FirstHealthCheckExecution = TimeSpan.FromSeconds(0.5);
            wolverine.Durability.HealthCheckPollingTime = TimeSpan.FromSeconds(1);
            wolverine.Durability.CheckAssignmentPeriod = TimeSpan.FromSeconds(1);
            wolverine.Durability.StaleNodeTimeout = StaleNode;
        });
        builder.Services.AddWolverineHttp();
    }

    // A process that froze within a transaction must not hold up the read models, which wait for it.
    private static string WithLimits(string database)
    {
        var connection = new NpgsqlConnectionStringBuilder(database);
        var limit = $"-c idle_in_transaction_session_timeout={FrozenMilliseconds}";
        connection.Options = $"{connection.Options} {limit}".Trim();
        return connection.ConnectionString;
    }

    private static void AddAuditing(IServiceCollection services, Settings settings)
    {
        services.AddSingleton(new Lazy<ECDsa>(() => SigningKeyFile.OpenOrCreate(settings.AuditKeyFile)));
        services.AddSingleton<AuditLog>();
        services.AddSingleton<AuditVerification>();
        services.AddSingleton<EventExport>();
        services.AddSingleton<Notary>();
    }

    private static void AddReading(IServiceCollection services)
    {
        services.AddSingleton<History>();
        services.AddSingleton<Replay>();
        services.AddSingleton<IChangeLog, ChangeLog>();
        services.AddSingleton<ChangeFeed>();
        services.AddSingleton<Board>();
        services.AddSingleton<LiveStream>();
        services.AddHostedService(provider => provider.GetRequiredService<ChangeFeed>());
        services.AddSingleton<BuiltHealth>();
        services.AddHostedService<Resumption>();
        services.AddProblemDetails();
        services.AddOpenApi();
        services.ConfigureHttpJsonOptions(json => EventJson.Configure(json.SerializerOptions));
        services.AddHealthChecks()
            .AddCheck<DatabaseHealth>(DatabaseCheck)
            .AddCheck<ExchangeHealth>("exchange")
            .AddCheck<IncidentHealth>("incidents")
            .AddCheck<LagHealth>("lag")
            .AddCheck<BuiltHealth>(BuiltCheck)
            .AddCheck<AuditHealth>("audit")
            .AddCheck<RoomsHealth>("rooms");
    }

    private static void MapReading(WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.MapOpenApi();
        app.MapScalarApiReference("/", page => page.WithTitle("Hybrid Calendar"));
        app.MapHealthChecks("/health", new HealthCheckOptions { ResponseWriter = HealthReportWriter.Write });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions
        {
            Predicate = check => check.Name is DatabaseCheck or BuiltCheck,
            ResponseWriter = HealthReportWriter.Write,
        });
        app.MapWolverineEndpoints(http => http.RejectUnparseableQueryValues = true);
    }
}
