using HybridCalendar.ExchangeLab.WireFaults;

namespace HybridCalendar.ExchangeLab.Pipeline;

/// <summary>The steps of the EWS address as services of the lab.</summary>
internal static class PipelineServices
{
    public static IServiceCollection AddPipeline(this IServiceCollection services) => services
        .AddSingleton<ReplyHeaders>()
        .AddSingleton<WireStrike>()
        .AddSingleton<Busy>()
        .AddSingleton<SchemaGate>()
        .AddSingleton<Anchors>()
        .AddSingleton<FailingMailboxes>()
        .AddSingleton<MovedMailboxes>()
        .AddSingleton<CallReader>()
        .AddSingleton<Dispatch>()
        .AddSingleton<EwsEndpoint>();
}
