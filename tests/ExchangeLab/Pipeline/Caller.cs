namespace HybridCalendar.ExchangeLab.Pipeline;

/// <summary>Who asks: the account that signed in, whatever mailbox it speaks for.</summary>
/// <param name="Account">Its address; subscriptions belong to it.</param>
internal sealed record Caller(string Account);
