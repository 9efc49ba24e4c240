using HybridCalendar.ExchangeLab.Authentication;
using HybridCalendar.ExchangeLab.Autodiscover;
using HybridCalendar.ExchangeLab.Control;
using HybridCalendar.ExchangeLab.Ews;
using HybridCalendar.ExchangeLab.Model;
using HybridCalendar.ExchangeLab.Pipeline;
using HybridCalendar.ExchangeLab.Seeding;
using HybridCalendar.ExchangeLab.Streaming;
using HybridCalendar.ExchangeLab.Style;

namespace HybridCalendar.ExchangeLab;

/// <summary>The lab as a web application: a model of Exchange behind EWS, and an API to act on it.</summary>
public static class Lab
{
    /// <summary>The largest request, in bytes.</summary>
    private const long RequestBytesMax = 4 * 1024 * 1024;

    /// <summary>Builds the lab with its seeded organization; it does not listen yet.</summary>
    public static WebApplication Create(params string[] args) => Create(args, TimeProvider.System);

    /// <summary>Builds the lab on a clock of the caller's choice.</summary>
    public static WebApplication Create(string[] args, TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        var urls = builder.Configuration["urls"] ?? LabOptions.UrlDefault;
        LabOptions.CheckUrls(urls);
        builder.WebHost.UseUrls(urls);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = RequestBytesMax);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);

        var options = builder.Configuration.GetSection("Lab").Get<LabOptions>() ?? new LabOptions();
        var clock = new LabClock(time);
        var organization = new Organization(options.Seed, options.ReadToday(time), clock);
        SeededOrganization.Fill(organization, options.ReadPeople());
        Crowd.Fill(organization, options.Mailboxes, options.MeetingsEach);
        if (options.OddZones)
        {
            OddZones.Book(organization);
        }

        clock.Run();

        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton(organization);
        builder.Services.AddSingleton(new Faults(options.Seed));
        builder.Services.AddSingleton(new StreamSettings(TimeSpan.FromSeconds(options.HeartbeatSeconds)));
        builder.Services.AddSingleton<AvailabilitySettings>();
        builder.Services.AddSingleton<Statistics>();
        builder.Services.AddSingleton<ReplyStyles>();
        builder.Services.AddSingleton<StreamEnvelopes>();
        builder.Services.AddSingleton<BackOff>();
        builder.Services.AddSingleton<BackEnds>();
        builder.Services.AddSingleton<Subscriptions>();
        builder.Services.AddSingleton<GetStreamingEvents>();
        builder.AddAuthentication(time);
        builder.Services.AddPipeline();
        builder.Services.AddAutodiscover();
        builder.Services.AddProblemDetails();
        builder.Services.ConfigureHttpJsonOptions(json => ControlJson.Configure(json.SerializerOptions));
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);

        var app = builder.Build();
        app.Services.GetRequiredService<SchemaGate>();
        app.UseWhen(
            http => http.Request.Path.StartsWithSegments("/lab"),
            control => control.Use(next => http => ControlErrors.Answer(http, next)));
        app.UseRouting();
        foreach (var path in new[] { EwsEndpoint.Path, EwsEndpoint.PathOfSite })
        {
            app.MapPost(path, (HttpContext http, EwsEndpoint ews) => ews.Answer(http));
            app.MapGet(path, (HttpContext http, EwsEndpoint ews) => ews.AnswerProbe(http));
        }

        app.MapAutodiscover();
        var lab = app.MapGroup("/lab");
        lab.MapLab();
        lab.MapMailboxes();
        lab.MapMeetings();
        lab.MapWrites();
        lab.MapBackEnds();
        lab.MapMoves();
        app.MapAuthentication(lab);
        return app;
    }
}
