namespace HybridCalendar.Adapters.Exchange;

/// <summary>Cuts envelopes out of a stream of bytes, wherever the chunks begin and end.</summary>
/// <remarks>
/// A stream is many documents one after another, with or without prefix and XML declaration. The scanner
/// looks for the tags named Envelope and nothing else, in an encoding that agrees with ASCII: Exchange writes
/// UTF-8, and nobody's text.
/// </remarks>
/// <seealso href="https://learn.microsoft.com/exchange/client-developer/web-service-reference/getstreamingevents-operation"/>
internal sealed class EnvelopeScanner
{
    private const int None = -1;

    // What is longer is no tag of an envelope: there is nothing in it but a name and blanks.
    private const int TagBytes = 256;

    private byte[] buffer = new byte[Bounds.ChunkBytes];
    private int length;
    private int scanned;
    private int start = None;

    /// <summary>
    /// Whether bytes are waiting that are no whole envelope yet, nor what stands between envelopes.
    /// </summary>
    internal bool IsInside => start != None;

    /// <summary>How many bytes were looked at, each as often as that was: what the scanning costs.</summary>
    internal long Looks { get; private set; }

    /// <summary>Takes the next bytes.</summary>
    /// <returns>
    /// The envelopes that are now complete; null when one is longer than <see cref="Bounds.EnvelopeBytes"/>.
    /// </returns>
    internal IReadOnlyList<byte[]>? Push(ReadOnlySpan<byte> bytes)
    {
        Append(bytes);
        var envelopes = new List<byte[]>();
        while (NextTag() is { } tag)
        {
            if (tag.IsEnd && start != None)
            {
                envelopes.Add(buffer[start..tag.After]);
                start = None;
            }
            else if (!tag.IsEnd)
            {
                // One that never ended is handed over as it is: whoever reads it will see.
                if (start != None)
                {
                    envelopes.Add(buffer[start..tag.Before]);
                }

                start = tag.Before;
            }
        }

        Compact();
        return length > Bounds.EnvelopeBytes ? null : envelopes;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (length + bytes.Length > buffer.Length)
        {
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + bytes.Length));
        }

        bytes.CopyTo(buffer.AsSpan(length));
        length += bytes.Length;
    }

    // Forgets what lies before the envelope being read, or before the tag that is not complete.
    private void Compact()
    {
        var keep = start == None ? scanned : start;
        if (keep == 0)
        {
            return;
        }

        buffer.AsSpan(keep, length - keep).CopyTo(buffer);
        length -= keep;
        scanned -= keep;
        start = start == None ? None : 0;
    }

    // The next tag named Envelope; null when there is none, or not all of it yet.
    private Tag? NextTag()
    {
        while (true)
        {
            var open = buffer.AsSpan(scanned, length - scanned).IndexOf((byte)'<');
            if (open < 0)
            {
                Looks += length - scanned;
                scanned = length;
                return null;
            }

            Looks += open;
            scanned += open;
            var rest = buffer.AsSpan(scanned, length - scanned);
            var isEnd = rest.Length > 1 && rest[1] == '/';
            var name = isEnd ? rest[2..] : rest[1..];
            var end = name.IndexOfAny(" \t\r\n/><"u8);
            Looks += end < 0 ? name.Length : end;
            if (end < 0 && name.Length <= TagBytes)
            {
                return null;
            }

            if (end < 0 || !IsEnvelope(name[..end]))
            {
                scanned++;
                continue;
            }

            var before = scanned;
            var close = isEnd ? rest[..Math.Min(rest.Length, TagBytes)].IndexOf((byte)'>') : 0;
            Looks += close < 0 ? TagBytes : close;
            if (close < 0 && rest.Length < TagBytes)
            {
                return null;
            }

            if (close < 0)
            {
                scanned++;
                continue;
            }

            scanned += isEnd ? close + 1 : 1;
            return new Tag(isEnd, before, scanned);
        }
    }

    private static bool IsEnvelope(ReadOnlySpan<byte> name) =>
        name[(name.IndexOf((byte)':') + 1)..].SequenceEqual("Envelope"u8);

    private readonly record struct Tag(bool IsEnd, int Before, int After);
}
