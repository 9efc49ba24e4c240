namespace HybridCalendar.ExchangeLab.Authentication;

/// <summary>A way to sign in, in the order in which a challenge names them.</summary>
internal enum SignInMode
{
    Negotiate,
    Ntlm,
    Basic,
    Bearer,
}
