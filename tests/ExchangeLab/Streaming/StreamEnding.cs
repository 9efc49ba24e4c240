namespace HybridCalendar.ExchangeLab.Streaming;

/// <summary>How an open stream ends when its signals are over.</summary>
internal enum StreamEnding
{
    /// <summary>Too much waited: the subscriptions are invalid.</summary>
    Overflow,

    /// <summary>With the status Closed, as after the connection's time.</summary>
    Closed,

    /// <summary>Without a last word, though the HTTP reply ends properly.</summary>
    EndOfFile,
}
