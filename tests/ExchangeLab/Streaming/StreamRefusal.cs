using HybridCalendar.ExchangeLab.Ews;

namespace HybridCalendar.ExchangeLab.Streaming;

/// <summary>Why a stream cannot be opened, or cannot go on.</summary>
/// <param name="Error">What is wrong.</param>
/// <param name="Bad">The subscriptions that it is about; none for an error of the connection.</param>
/// <param name="Good">The other subscriptions of the connection.</param>
internal sealed record StreamRefusal(
    EwsError Error, IReadOnlyCollection<string> Bad, IReadOnlyCollection<string> Good);
