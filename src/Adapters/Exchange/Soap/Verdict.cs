namespace HybridCalendar.Adapters.Exchange.Soap;

/// <summary>What Exchange says about a request, or about one item of it, before anybody acts on it.</summary>
/// <param name="Code">Exchange's response code; one of the adapter's own words where there was none.</param>
/// <param name="Message">Exchange's words. May hold an address: never stored, never logged.</param>
/// <param name="BackOff">How long to leave the server alone, if it said so.</param>
/// <param name="InnerCode">The code of the failure behind an ErrorInternalServerError, if it said so.</param>
/// <seealso href="https://learn.microsoft.com/exchange/client-developer/web-service-reference/responsecode"/>
internal sealed record Verdict(
    string Code, string Message, TimeSpan? BackOff = null, string? InnerCode = null)
{
    internal const string NoError = "NoError";
    internal const string MalformedCode = "malformed-reply";
    internal const string TooLargeCode = "reply-too-large";

    private const string ServerBusy = "ErrorServerBusy";

    /// <summary>
    /// The server has no time. It says so in a code, in the code behind one, or by naming a time.
    /// </summary>
    internal bool IsBusy => Code == ServerBusy || InnerCode == ServerBusy || BackOff is not null;

    /// <summary>It concerns the whole call, even when it is said of one item only.</summary>
    internal bool IsOfTheCall => IsBusy || Codes.ReactionTo(Code) == Reaction.Downgrade;

    internal static Verdict Malformed(string what) => new(MalformedCode, what);

    // What is printed is logged, and the message may hold an address.
    public override string ToString() => Code;
}

/// <summary>A reply as it was read: an answer, or why there is none.</summary>
internal abstract record Parsed<T>
{
    private Parsed() { }

    internal sealed record Answer(T Value) : Parsed<T>;

    internal sealed record Failed(Verdict Verdict) : Parsed<T>;

    internal Parsed<TOther> Then<TOther>(Func<T, Parsed<TOther>> next) => this switch
    {
        Answer answer => next(answer.Value),
        Failed failed => new Parsed<TOther>.Failed(failed.Verdict),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

/// <summary>
/// One of the response messages of a reply: Exchange's word on one item, and what it gives.
/// </summary>
internal sealed record ResponseMessage<T>(Verdict Verdict, bool IsSuccess, T Payload);
