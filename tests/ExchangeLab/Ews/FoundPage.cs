namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>A part of a folder's listing.</summary>
/// <param name="Items">The items of this part.</param>
/// <param name="Total">How many items the whole listing has.</param>
/// <param name="IsLast">Whether the listing ends here.</param>
/// <param name="NextOffset">Where to go on; null in calendar views, which have no pages.</param>
internal sealed record FoundPage(IReadOnlyList<ItemView> Items, int Total, bool IsLast, int? NextOffset);
