namespace HybridCalendar.ExchangeLab.Model;

/// <summary>An answer to an invitation; names as in the schema's ResponseTypeType.</summary>
public enum Response
{
    Unknown,
    Organizer,
    Tentative,
    Accept,
    Decline,
    NoResponseReceived,
}
