namespace HybridCalendar.ExchangeLab.Authentication;

/// <summary>What is wrong with the certificate that the lab shows, if anything.</summary>
internal enum CertificateKind
{
    Good,
    Expired,
    WrongName,
    OtherAuthority,
}
