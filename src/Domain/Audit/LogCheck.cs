namespace HybridCalendar.Domain.Audit;

/// <summary>One position of the log, as it is found when it is checked.</summary>
/// <param name="Computed">The hash of the event that is stored there; null where there is none.</param>
/// <param name="Notarized">The hash that the notary stored for it; null where there is none.</param>
/// <param name="Event">The event in words: its stream, version and type.</param>
public sealed record CheckedPosition(long Position, Hash? Computed, Hash? Notarized, string Event);

/// <summary>
/// What does not fit: the first event that breaks the record, or the events among which it is.
/// </summary>
/// <param name="After">The last position up to which a signed head vouches for everything.</param>
/// <param name="Position">The event; null when only the head can be named.</param>
public sealed record Finding(long After, long? Position, string What);

/// <summary>
/// Holds the events and their hashes against the signed heads, in the order of positions, and stops at the
/// first thing that does not fit.
/// </summary>
/// <remarks>
/// Two trees grow side by side: of the hashes that the events have, and of those that the notary stored.
/// A signed head tells which of the two is right, and so whether an event was altered or its hash. Where
/// neither is, events were altered together with their hashes, somewhere after the last head that fits.
/// </remarks>
public sealed class LogCheck
{
    private readonly MerkleTree events = new();
    private readonly MerkleTree hashes = new();
    private long vouched;
    private long last;
    private CheckedPosition? odd;
    private CheckedPosition? unhashed;

    /// <summary>Events so far that come after the last stored hash: the notary has yet to see them.</summary>
    public long NotYetNotarized { get; private set; }

    /// <summary>Hashes so far.</summary>
    public long Notarized => hashes.Size;

    /// <summary>Events that heads vouch for.</summary>
    public long Vouched { get; private set; }

    /// <summary>Takes the next position. Whether it fits, the next head tells, or the end.</summary>
    public void Take(CheckedPosition next)
    {
        last = next.Position;
        if (next.Notarized is { } notarized)
        {
            // The notary goes in order: what it left out was not there then.
            odd ??= unhashed;
            hashes.Append(notarized);
            NotYetNotarized = 0;
        }
        else
        {
            unhashed ??= next;
            NotYetNotarized++;
        }

        if (next.Computed is { } computed)
        {
            events.Append(computed);
        }

        if (next.Notarized is not null && next.Computed != next.Notarized)
        {
            odd ??= next;
        }
    }

    /// <summary>Takes a head after all positions that it covers.</summary>
    /// <param name="isYours">Whether it was kept by who checks, and not found in the database.</param>
    public Finding? Take(SignedHead head, bool isYours)
    {
        odd ??= unhashed?.Position <= head.Position ? unhashed : null;
        var eventsFit = events.Size == head.Size && events.Root == head.Root;
        var hashesFit = hashes.Size == head.Size && hashes.Root == head.Root;
        if (eventsFit && hashesFit && odd is null)
        {
            vouched = head.Position;
            Vouched = head.Size;
            return null;
        }

        return odd is null
            ? new Finding(vouched, null, Unseen(head, isYours))
            : Name(odd, (eventsFit, hashesFit) switch
            {
                (true, true) => Proof.OfBoth,
                (true, false) => Proof.OfEvents,
                (false, true) => Proof.OfHashes,
                _ => Proof.OfNeither,
            });
    }

    /// <summary>After the last position and the last head.</summary>
    public Finding? End() => odd is null ? null : Name(odd, Proof.None);

    private enum Proof
    {
        None,
        OfEvents,
        OfHashes,
        OfNeither,

        /// <summary>In their order: one of them stands at another position.</summary>
        OfBoth,
    }

    private Finding Name(CheckedPosition position, Proof proof)
    {
        var what = (position, proof) switch
        {
            (_, Proof.OfBoth) => "is as it was, but a hash was moved to another position",
            ({ Computed: null }, Proof.OfEvents) => "has a hash, but never was: the hash was put in",
            ({ Computed: null }, _) => "was removed",
            ({ Notarized: null }, Proof.OfEvents) => "is as it was, but its hash was removed",
            ({ Notarized: null }, _) => "was put in between, or committed later than the notary waits",
            (_, Proof.OfEvents) => "is as it was, but its hash was rewritten",
            (_, Proof.OfHashes) => "was changed",
            _ => "does not fit its hash: one of them was changed",
        };
        var more = proof is Proof.OfNeither
            ? $" The next signed head fits neither, so more was changed after position {vouched}."
            : "";
        return new Finding(vouched, position.Position, $"{position.Event} {what}.{more}");
    }

    private string Unseen(SignedHead head, bool isYours)
    {
        var whose = isYours ? "your head" : "the signed head";
        var difference = hashes.Size - head.Size;
        var how = difference switch
        {
            < 0 => $"{-difference} events were removed with their hashes",
            > 0 => $"{difference} events were put in with their hashes",
            _ => "events were changed together with their hashes",
        };
        return head.Position > last && difference < 0
            ? $"The end is missing: {whose} of position {head.Position} covers {head.Size} events, "
                + $"of which {-difference} were removed with their hashes."
            : $"After position {vouched} and up to {head.Position}, {how}: "
                + $"{whose} of that position is of others.";
    }
}
