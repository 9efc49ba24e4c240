namespace HybridCalendar.ExchangeLab.Control;

/// <summary>Where a mailbox goes; what is missing stays as it is.</summary>
internal sealed record MoveWish(
    string? GroupingInformation = null, Uri? EwsUrl = null, int? BackEnd = null);
