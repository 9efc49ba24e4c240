using System.Runtime.InteropServices;
using HybridCalendar.Adapters.Keys;
using HybridCalendar.Domain;

namespace HybridCalendar.Host.Read;

/// <summary>Opens the texts of one answer. Those that are equal, as colleagues' names are, are opened
/// once.</summary>
internal sealed class TextOpener(MailboxSeal seal)
{
    private readonly Dictionary<Sealed, string> opened = [];

    public string Open(Sealed text)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(opened, text, out _);
        return known ??= seal.Open(text);
    }

    public string? OpenIfAny(Sealed? text) => text is null ? null : Open(text);
}
