using System.Security.Cryptography;
using CsCheck;
using HybridCalendar.Adapters.Keys;
using HybridCalendar.Domain;

namespace HybridCalendar.Specs.Keys;

public sealed class MailboxSealSpecs : IDisposable
{
    private static readonly Guid Ada = new("0c4e2f60-5ad1-8b7c-9d3e-6f1a2b3c4d5e");
    private static readonly Guid Ben = new("1d5f3071-6be2-8c8d-8e4f-7a2b3c4d5e6f");

    private readonly MailboxSeal seal = new(Ada, Key(1));

    public void Dispose() => seal.Dispose();

    [Fact]
    public void Every_text_opens_as_what_was_sealed() =>
        Gen.String.Where(IsUnicode).Sample(text => seal.Open(seal.Seal(text)).ShouldBe(text));

    [Fact]
    public void A_text_with_all_sorts_of_letters_opens_as_what_was_sealed() =>
        seal.Open(seal.Seal("Besprechung – 会議 🗓\r\n")).ShouldBe("Besprechung – 会議 🗓\r\n");

    [Fact]
    public void The_same_key_opens_after_a_restart()
    {
        using var again = new MailboxSeal(Ada, Key(1));
        again.Open(seal.Seal("Planning")).ShouldBe("Planning");
    }

    [Fact]
    public void No_text_and_an_empty_one_stay_none()
    {
        seal.SealIfAny(null).ShouldBeNull();
        seal.SealIfAny("").ShouldBeNull();
        seal.Open(seal.SealIfAny(" ").ShouldNotBeNull()).ShouldBe(" ");
    }

    [Fact]
    public void The_same_text_has_the_same_digest_and_another_ciphertext()
    {
        var (once, again) = (seal.Seal("Planning"), seal.Seal("Planning"));

        again.Digest.ShouldBe(once.Digest);
        again.Ciphertext.ShouldNotBe(once.Ciphertext);
        again.ShouldBe(once);
    }

    [Fact]
    public void Another_text_has_another_digest() =>
        seal.Seal("planning").ShouldNotBe(seal.Seal("Planning"));

    [Fact]
    public void Neither_ciphertext_nor_digest_holds_the_text()
    {
        var sealedText = seal.Seal("Planning");
        var bytes = Convert.FromBase64String(sealedText.Ciphertext);

        bytes.AsSpan().IndexOf("Planning"u8).ShouldBe(-1);
        sealedText.Digest.ShouldNotBe(Convert.ToBase64String(SHA256.HashData("Planning"u8)));
    }

    [Fact]
    public void Mailboxes_with_keys_of_their_own_have_other_digests()
    {
        using var ben = new MailboxSeal(Ben, Key(2));
        ben.Seal("Planning").ShouldNotBe(seal.Seal("Planning"));
    }

    [Fact]
    public void What_was_sealed_for_another_mailbox_is_refused_though_the_key_is_the_same()
    {
        using var ben = new MailboxSeal(Ben, Key(1));
        Refused(ben, seal.Seal("Planning"));
    }

    [Fact]
    public void What_was_sealed_under_another_key_is_refused()
    {
        using var other = new MailboxSeal(Ada, Key(2));
        Refused(other, seal.Seal("Planning"));
    }

    [Fact]
    public void A_text_of_which_any_one_bit_was_altered_is_refused()
    {
        var bytes = Convert.FromBase64String(seal.Seal("Planning").Ciphertext);
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var altered = (byte[])bytes.Clone();
            altered[bit / 8] ^= (byte)(1 << (bit % 8));
            Refused(seal, new Sealed(Convert.ToBase64String(altered), ""));
        }
    }

    [Fact]
    public void A_text_that_was_cut_is_refused()
    {
        var bytes = Convert.FromBase64String(seal.Seal("Planning").Ciphertext);
        for (var length = 0; length < bytes.Length; length++)
        {
            Refused(seal, new Sealed(Convert.ToBase64String(bytes.AsSpan(0, length)), ""));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void A_key_of_another_length_is_refused(int length) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new MailboxSeal(Ada, new byte[length]));

    [Fact]
    public void Several_threads_may_seal_and_open_at_once() =>
        Enumerable.Range(0, 20_000).AsParallel()
            .Select(n => (Sealed: $"text {n}", Opened: seal.Open(seal.Seal($"text {n}"))))
            .Where(pair => pair.Sealed != pair.Opened)
            .ShouldBeEmpty();

    private static void Refused(MailboxSeal seal, Sealed text) =>
        Should.Throw<CryptographicException>(() => seal.Open(text));

    private static byte[] Key(byte value) => [.. Enumerable.Repeat(value, MailboxSeal.DataKeyBytes)];

    /// <summary>
    /// Halves of surrogate pairs have no UTF-8: no text that Exchange sends in XML has them.
    /// </summary>
    private static bool IsUnicode(string text) =>
        text.EnumerateRunes().All(rune => rune != System.Text.Rune.ReplacementChar);
}
