namespace HybridCalendar.ExchangeLab.Style;

/// <summary>Which namespace prefixes the elements of replies have.</summary>
public enum Prefixes
{
    Usual,
    None,
    Random,
}
