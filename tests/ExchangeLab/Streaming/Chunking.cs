namespace HybridCalendar.ExchangeLab.Streaming;

/// <summary>How the envelopes of a stream are cut into HTTP chunks.</summary>
public enum Chunking
{
    /// <summary>One chunk for each envelope.</summary>
    Envelopes,

    /// <summary>One chunk for each byte.</summary>
    Bytes,

    /// <summary>Chunks of any size, drawn by the lab's seed.</summary>
    Random,

    /// <summary>All envelopes that are written at a time in one chunk, a notification in each.</summary>
    Together,
}
