namespace HybridCalendar.Adapters.Exchange;

/// <summary>What Exchange answered to one question. Exactly one of the nested cases.</summary>
/// <remarks>
/// A broken connection is no answer: it is an <see cref="HttpRequestException"/> or
/// <see cref="IOException"/>.
/// </remarks>
public abstract record Reply<T>
{
    private Reply() { }

    public sealed record Answer(T Value) : Reply<T>;

    /// <summary>The server has no time: ask again, but not before <paramref name="Until"/>.</summary>
    public sealed record Busy(NodaTime.Instant Until) : Reply<T>;

    /// <summary>What was asked about is no more (an item, a cursor, a subscription): news, not a
    /// failure.</summary>
    public sealed record Gone : Reply<T>;

    /// <summary>Any other refusal.</summary>
    /// <param name="Code">Exchange's response code, kept as it came, known or not; http-403 and the like
    /// where there was none.</param>
    /// <param name="Message">Exchange's words. May hold an address: never stored, never logged.</param>
    public sealed record Refused(string Code, string Message) : Reply<T>
    {
        /// <summary>What is to be done about it, by its code.</summary>
        public Reaction Reaction => Codes.ReactionTo(Code);

        // A record would print the message, and what is printed is logged.
        public override string ToString() => $"{nameof(Refused)} {Code}";
    }

    /// <summary>The same case for another type; null for an answer.</summary>
    public Reply<TOther>? Failure<TOther>() => this switch
    {
        Busy busy => new Reply<TOther>.Busy(busy.Until),
        Gone => new Reply<TOther>.Gone(),
        Refused refused => new Reply<TOther>.Refused(refused.Code, refused.Message),
        _ => null,
    };
}
