using System.Globalization;
using System.Text;

namespace HybridCalendar.Contract.Exchange.Mutation;

/// <summary>Alters a reply; what it does depends on nothing but the random numbers.</summary>
internal delegate byte[] Mutate(byte[] reply, Random random);

/// <summary>The ways in which a reply is damaged, made large or made hostile.</summary>
internal static class Mutations
{
    private const int Grown = 17;

    internal static readonly IReadOnlyList<(string Name, Mutate Mutate)> All =
    [
        ("flip a bit", (all, random) => Edit(all, random, b => (byte)(b ^ (1 << random.Next(8))))),
        ("overwrite a byte", (all, random) => Edit(all, random, _ => (byte)random.Next(256))),
        ("cut it off", (all, random) => all[..random.Next(all.Length + 1)]),
        ("drop bytes", (all, random) => Put(all, Piece(all, random), [])),
        ("double bytes", (all, random) => Piece(all, random) is var (from, to)
            ? Put(all, (to, to), all[from..to]) : all),
        ("insert hostile bytes", (all, random) => random.Next(all.Length + 1) is var at
            ? Put(all, (at, at), Of(Hostile.Bytes, random)) : all),
        ("drop an element", OfElement((all, one, _) => Put(all, (one.From, one.To), []))),
        ("double an element", OfElement((all, one, _) => Put(all, (one.To, one.To), all[one.From..one.To]))),
        ("swap two elements", OfElement(Swap)),
        ("nest an element", OfElement(Nest)),
        ("repeat an element", OfElement((all, one, random) => Put(
            all, (one.To, one.To), Repeat(all[one.From..one.To], Many(random))))),
        ("set a text", OfElement((all, one, random) =>
            Put(all, (one.Inner, one.InnerEnd), Of(Hostile.Values, random)))),
        ("set an attribute", OfAttribute((all, one, random) =>
            Put(all, (one.Inner, one.InnerEnd), Of(Hostile.Values, random)))),
        ("swell a text", OfElement((all, one, random) =>
            Put(all, (one.InnerEnd, one.InnerEnd), Repeat(Of(Hostile.Filler, random), Many(random))))),
        ("swell an attribute", OfAttribute((all, one, random) =>
            Put(all, (one.InnerEnd, one.InnerEnd), Repeat(Of(Hostile.Filler, random), Many(random))))),
        ("swell a tag", OfElement((all, one, random) => (random.Next(2) == 0 ? one.Inner : one.To) is var end
            ? Put(all, (end - 1, end - 1), Repeat(Of(Hostile.Filler, random), Many(random))) : all)),
        ("give many attributes", OfAttribute((all, one, random) =>
            Put(all, (one.To, one.To), Names(random, " {0}{1}=\"\"")))),
        ("give many children", OfElement((all, one, random) =>
            Put(all, (one.InnerEnd, one.InnerEnd), Names(random, "<{0}{1}/>")))),
        ("repeat a child", OfElement((all, one, random) => Put(
            all, (one.InnerEnd, one.InnerEnd), Repeat(Of(Hostile.Children, random), Many(random))))),
        ("swap namespaces", SwapNamespaces),
        ("change the encoding", Encode),
        ("declare a document type", (all, random) => Put(all, (0, 0), Of(Hostile.Doctypes, random))),
    ];

    private static Mutate OfElement(Func<byte[], Span, Random, byte[]> mutate) => (all, random) =>
        Markup.Elements(all) is { Count: > 0 } some ? mutate(all, Of(some, random), random) : all;

    private static Mutate OfAttribute(Func<byte[], Span, Random, byte[]> mutate) => (all, random) =>
        Markup.Attributes(all) is { Count: > 0 } some ? mutate(all, Of(some, random), random) : all;

    private static byte[] Edit(byte[] all, Random random, Func<byte, byte> edit)
    {
        byte[] copy = [.. all];
        for (var turn = random.Next(1, 4); turn > 0 && all.Length > 0; turn--)
        {
            ref var chosen = ref copy[random.Next(copy.Length)];
            chosen = edit(chosen);
        }

        return copy;
    }

    private static byte[] Swap(byte[] all, Span one, Random random)
    {
        var other = Of(Markup.Elements(all), random);
        (one, other) = one.From <= other.From ? (one, other) : (other, one);
        return one.To > other.From ? all :
        [
            .. all[..one.From], .. all[other.From..other.To], .. all[one.To..other.From],
            .. all[one.From..one.To], .. all[other.To..],
        ];
    }

    // In itself, up to far deeper than is allowed.
    private static byte[] Nest(byte[] all, Span one, Random random)
    {
        var times = random.Next(1, 100) * (random.Next(20) == 0 ? 50 : 1);
        var (head, tail) = (all[one.From..one.Inner], all[one.InnerEnd..one.To]);
        return tail.Length == 0 || (head.Length + tail.Length) * times > 1 << Grown ? all
            : Put(Put(all, (one.To, one.To), Copies(tail, times)), (one.From, one.From), Copies(head, times));
    }

    private static byte[] SwapNamespaces(byte[] all, Random random)
    {
        var text = Encoding.Latin1.GetString(all);
        var (from, to) = (Of(Hostile.Namespaces, random), Of(Hostile.Namespaces, random));
        var at = text.IndexOf(from, random.Next(text.Length + 1), StringComparison.Ordinal);
        at = at < 0 ? text.IndexOf(from, StringComparison.Ordinal) : at;
        return at < 0 ? all : Put(all, (at, at + from.Length), Encoding.Latin1.GetBytes(to));
    }

    private static byte[] Encode(byte[] all, Random random)
    {
        var (to, declared) = (Of(Hostile.Encodings, random), Of(Hostile.Encodings, random));
        var text = Encoding.UTF8.GetString(all);
        text = random.Next(3) == 0 ? text : $"<?xml version=\"1.0\" encoding=\"{declared.WebName}\"?>{text}";
        return [.. random.Next(2) == 0 ? Of(Hostile.Encodings, random).Preamble : [], .. to.GetBytes(text)];
    }

    private static byte[] Names(Random random, string format)
    {
        var prefix = Of(Hostile.Prefixes, random);
        var names = Enumerable.Range(0, Many(random) / 16).Select(number =>
            string.Format(CultureInfo.InvariantCulture, format, prefix, random.Next(50) == 0 ? 0 : number));
        return Encoding.UTF8.GetBytes(string.Concat(names));
    }

    private static (int From, int To) Piece(byte[] all, Random random)
    {
        var from = random.Next(all.Length + 1);
        return (from, Math.Min(all.Length, from + random.Next(1, 64)));
    }

    // Bytes that something grows by: seldom many.
    private static int Many(Random random) => 1 << random.Next(Grown);

    private static byte[] Repeat(byte[] piece, int bytes) =>
        Copies(piece, Math.Clamp(bytes / Math.Max(piece.Length, 1), 1, 1 << Grown));

    private static byte[] Copies(byte[] piece, int times)
    {
        var all = new byte[piece.Length * times];
        for (var at = 0; at < all.Length; at += piece.Length)
        {
            piece.CopyTo(all, at);
        }

        return all;
    }

    private static T Of<T>(IReadOnlyList<T> some, Random random) => some[random.Next(some.Count)];

    private static byte[] Put(byte[] all, (int From, int To) place, ReadOnlySpan<byte> bytes) =>
        [.. all.AsSpan(0, place.From), .. bytes, .. all.AsSpan(place.To)];
}
