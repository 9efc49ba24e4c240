namespace HybridCalendar.ExchangeLab.Pipeline;

/// <summary>The steps of the EWS address as services of the lab.</summary>
internal static class PipelineServices
{
    public static IServiceCollection AddPipeline(this IServiceCollection services) => services
        .AddSingleton<ReplyHeaders>()
        .AddSingleton<SignIn>()
        .AddSingleton<Busy>()
        .AddSingleton<FailingMailboxes>()
        .AddSingleton<CallReader>()
        .AddSingleton<Dispatch>()
        .AddSingleton<EwsEndpoint>();
}
