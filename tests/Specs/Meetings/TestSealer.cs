using HybridCalendar.Domain;

namespace HybridCalendar.Specs.Meetings;

/// <summary>Seals as the adapter does: one digest for a text, and another ciphertext each time.</summary>
internal static class TestSealer
{
    private static int sealings;

    public static Sealed Seal(string text) =>
        new($"ciphertext {Interlocked.Increment(ref sealings)}", $"digest of {text}");
}
