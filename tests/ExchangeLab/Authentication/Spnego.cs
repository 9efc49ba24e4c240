using System.Formats.Asn1;

namespace HybridCalendar.ExchangeLab.Authentication;

/// <summary>The tokens by which client and server agree on a mechanism.</summary>
/// <seealso href="https://www.rfc-editor.org/rfc/rfc4178">RFC 4178 section 4.2</seealso>
internal static class Spnego
{
    /// <summary>How far an agreement has come.</summary>
    public enum State
    {
        Completed = 0,
        Incomplete = 1,
        Rejected = 2,
    }

    private const string Ntlm = "1.3.6.1.4.1.311.2.2.10";
    private const string Mechanism = "1.3.6.1.5.5.2";
    private const int MechanismToken = 2;

    private static readonly Asn1Tag Framing = new(TagClass.Application, 0, isConstructed: true);

    /// <summary>
    /// The token of the mechanism inside; null when there is none, or none that is understood.
    /// </summary>
    /// <param name="isNtlm">Whether NTLM is offered, or went on with.</param>
    public static byte[]? Unwrap(byte[] token, out bool isNtlm)
    {
        isNtlm = true;
        try
        {
            var reader = new AsnReader(token, AsnEncodingRules.BER);
            if (!reader.PeekTag().HasSameClassAndValue(Framing))
            {
                return Read(reader.ReadSequence(Context(1)).ReadSequence(), out _, out _);
            }

            var framed = reader.ReadSequence(Framing);
            isNtlm = framed.ReadObjectIdentifier() == Mechanism;
            var inner = Read(framed.ReadSequence(Context(0)).ReadSequence(), out var offered, out var first);
            isNtlm &= offered;
            // The token that comes with the offer is for the first one on the list.
            return first ? inner : null;
        }
        catch (AsnContentException)
        {
            isNtlm = false;
            return null;
        }
    }

    public static byte[] Wrap(State state, byte[]? token)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence(Context(1)))
        using (writer.PushSequence())
        {
            using (writer.PushSequence(Context(0)))
            {
                writer.WriteEnumeratedValue(state);
            }

            if (state == State.Incomplete)
            {
                using var mechanism = writer.PushSequence(Context(1));
                writer.WriteObjectIdentifier(Ntlm);
            }

            if (token is not null)
            {
                using var inside = writer.PushSequence(Context(MechanismToken));
                writer.WriteOctetString(token);
            }
        }

        return writer.Encode();
    }

    // Both kinds of token hold their parts by number; the mechanisms are listed in the first one only.
    private static byte[]? Read(AsnReader parts, out bool isNtlm, out bool isNtlmFirst)
    {
        (isNtlm, isNtlmFirst) = (false, false);
        byte[]? inner = null;
        while (parts.HasData)
        {
            var tag = parts.PeekTag();
            var part = parts.ReadSequence(tag);
            if (tag.TagValue == MechanismToken)
            {
                inner = part.ReadOctetString();
            }
            else if (tag.TagValue == 0 && part.PeekTag().TagValue == (int)UniversalTagNumber.Sequence)
            {
                var mechanisms = part.ReadSequence();
                for (var index = 0; mechanisms.HasData; index++)
                {
                    if (mechanisms.ReadObjectIdentifier() == Ntlm)
                    {
                        isNtlm = true;
                        isNtlmFirst = index == 0;
                    }
                }
            }
        }

        return inner;
    }

    private static Asn1Tag Context(int number) => new(TagClass.ContextSpecific, number, isConstructed: true);
}
