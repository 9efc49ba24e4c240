using System.Buffers;

namespace HybridCalendar.Domain.Joining.Providers;

/// <summary>The characters of a SIP address without scheme and parameters (RFC 3261, 25.1).</summary>
internal static class SipAddress
{
    /// <summary>Characters, of each side.</summary>
    public const int SideCharsMax = 253;

    public static readonly SearchValues<char> HostChars = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.");

    public static readonly SearchValues<char> UserChars = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'&=+$%");

    public static bool IsWellFormed(string? address) =>
        address?.LastIndexOf('@') is > 0 and < SideCharsMax and var at
        && !address.AsSpan(0, at).ContainsAnyExcept(UserChars)
        && address.AsSpan(at + 1) is { Length: > 0 and <= SideCharsMax } host
        && !host.ContainsAnyExcept(HostChars)
        && host.Contains('.');
}
