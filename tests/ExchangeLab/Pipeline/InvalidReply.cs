namespace HybridCalendar.ExchangeLab.Pipeline;

/// <summary>A fault of the lab itself: a reply of it that the schemas forbid.</summary>
internal sealed class InvalidReply(string violation) : Exception("The lab's reply is invalid: " + violation);
