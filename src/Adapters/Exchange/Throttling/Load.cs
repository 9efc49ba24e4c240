namespace HybridCalendar.Adapters.Exchange.Throttling;

/// <summary>What a reply tells of the load that the server can bear.</summary>
internal static class Load
{
    /// <summary>
    /// What is sent to a server that has too much to do makes it worse: less is let through at once.
    /// </summary>
    internal static void Weigh<T>(this Turns.Turn turn, Reply<T> reply, HttpResponseMessage response)
    {
        switch (reply)
        {
            case Reply<T>.Busy or Reply<T>.Refused { Reaction: Reaction.Reduce }:
            // Observed: a server that is about to break down hangs up after what is no SOAP.
            case Reply<T>.Refused refused
                when response.Headers.ConnectionClose is true && Codes.IsOfTheConnection(refused.Code):
                turn.Reduce();
                break;
            case Reply<T>.Answer:
                turn.Succeed();
                break;
        }
    }
}
