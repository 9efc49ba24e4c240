using System.Runtime.InteropServices;

namespace HybridCalendar.Adapters.Exchange.Accounts;

/// <summary>
/// Lets .NET speak NTLM by itself where the system cannot: on Linux the system can when gss-ntlmssp is
/// installed.
/// </summary>
/// <remarks>
/// Either works alone; .NET's own together with the package does not, for Negotiate. .NET decides once, with
/// its first handshake in the process; a switch that is set already is left as it is.
/// </remarks>
/// <seealso href="https://www.rfc-editor.org/rfc/rfc2744#section-5.16">gss_indicate_mechs</seealso>
internal static class NtlmProvider
{
    private const string Switch = "System.Net.Security.UseManagedNtlm";
    private const string Library = "libgssapi_krb5.so.2";

    /// <summary>1.3.6.1.4.1.311.2.2.10, as GSSAPI writes it.</summary>
    private static ReadOnlySpan<byte> NtlmMechanism =>
        [0x2B, 0x06, 0x01, 0x04, 0x01, 0x82, 0x37, 0x02, 0x02, 0x0A];

    internal static void Choose()
    {
        if (OperatingSystem.IsLinux() && !AppContext.TryGetSwitch(Switch, out _))
        {
            AppContext.SetSwitch(Switch, !SystemHasNtlm());
        }
    }

    private static bool SystemHasNtlm()
    {
        if (!NativeLibrary.TryLoad(Library, out var library))
        {
            return false;
        }

        try
        {
            return IndicateMechanisms(out _, out var set) == 0 && Contains(set);
        }
        finally
        {
            NativeLibrary.Free(library);
        }
    }

    // A set is a count and an array of (length, bytes), all of pointer size.
    private static bool Contains(nint set)
    {
        try
        {
            var count = Marshal.ReadIntPtr(set);
            var mechanisms = Marshal.ReadIntPtr(set, nint.Size);
            for (var index = 0; index < count; index++)
            {
                var mechanism = new byte[Marshal.ReadInt32(mechanisms, index * 2 * nint.Size)];
                var bytes = Marshal.ReadIntPtr(mechanisms, ((index * 2) + 1) * nint.Size);
                Marshal.Copy(bytes, mechanism, 0, mechanism.Length);
                if (mechanism.AsSpan().SequenceEqual(NtlmMechanism))
                {
                    return true;
                }
            }

            return false;
        }
        finally
        {
            _ = ReleaseSet(out _, ref set);
        }
    }

    [DllImport(Library, EntryPoint = "gss_indicate_mechs")]
    private static extern uint IndicateMechanisms(out uint minor, out nint set);

    [DllImport(Library, EntryPoint = "gss_release_oid_set")]
    private static extern uint ReleaseSet(out uint minor, ref nint set);
}
