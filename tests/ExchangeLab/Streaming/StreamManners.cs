namespace HybridCalendar.ExchangeLab.Streaming;

/// <summary>How streams are cut into chunks, and what they keep to themselves.</summary>
public sealed record StreamManners
{
    public Chunking Chunking { get; init; }

    /// <summary>Whether open streams say nothing at all: no heartbeat, no notification, no end.</summary>
    public bool Silent { get; init; }

    /// <summary>
    /// Whether an error about some subscriptions comes in one message with a sign of life of the others.
    /// </summary>
    public bool Mixed { get; init; }

    /// <summary>Whether errors name the subscriptions that they are about.</summary>
    public bool NamesBad { get; init; } = true;
}
