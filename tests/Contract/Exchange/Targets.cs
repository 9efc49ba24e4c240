using HybridCalendar.Adapters.Exchange.Reading;
using HybridCalendar.Domain.Joining;
using HybridCalendar.Domain.Joining.Providers;

namespace HybridCalendar.Contract.Exchange;

/// <summary>How ways to join are found, where a test does not say otherwise.</summary>
internal static class Targets
{
    internal static readonly FindTargets Find = new JoinTargetFinder(ProviderTable.Default).Find;
}
