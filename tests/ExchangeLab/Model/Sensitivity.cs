namespace HybridCalendar.ExchangeLab.Model;

/// <summary>Who may see the details of an entry; names as in the schema's SensitivityChoicesType.</summary>
public enum Sensitivity
{
    Normal,
    Personal,
    Private,
    Confidential,
}
