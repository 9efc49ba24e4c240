using System.Runtime.ExceptionServices;
using HybridCalendar.Adapters.Exchange.Soap;

namespace HybridCalendar.Adapters.Exchange.Reading;

/// <summary>What came of asking for one item.</summary>
/// <param name="IsSuccess">Whether the server calls its own answer a success, besides its code.</param>
/// <param name="Item">Null when there was none.</param>
internal sealed record Fetched(string ItemId, Verdict Verdict, bool IsSuccess, RawItem? Item)
{
    /// <summary>What broke the connection while the item was awaited; null when nothing did.</summary>
    internal ExceptionDispatchInfo? Broken { get; init; }

    /// <summary>Whether the verdict is about all that were asked for together.</summary>
    internal bool IsShared { get; init; }

    internal bool IsGone => Codes.IsGone(Verdict.Code);

    internal bool Succeeded => IsSuccess && Verdict.Code == Verdict.NoError;

    /// <summary>Whether it is open who is at fault: this item, another one, or the server.</summary>
    internal bool IsDoubtful => IsShared || Codes.IsPerhapsOfTheItem(Verdict.Code);

    /// <summary>Whether the server did not answer by itself.</summary>
    internal bool IsOfTheConnection => Codes.IsOfTheConnection(Verdict.Code) || Broken is not null;

    // What is printed is logged.
    public override string ToString() => $"{nameof(Fetched)} {Verdict}";
}
