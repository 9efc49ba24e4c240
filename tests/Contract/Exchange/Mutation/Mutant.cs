using System.Text;

namespace HybridCalendar.Contract.Exchange.Mutation;

/// <summary>A damaged reply, made of a seed and a number, and what the client makes of it.</summary>
/// <param name="Reader">How it is read: mostly as what it was before.</param>
/// <param name="Piece">Length of the pieces in which it arrives.</param>
internal sealed record Mutant(
    Specimen Specimen, string? Reader, byte[] Bytes, int Piece, IReadOnlyList<string> Ways)
{
    // Allocated bytes. The dearest are short elements, each a response message with its verdict, and short
    // envelopes, each with a parser of its own.
    internal const int PerByte = 64;
    internal const int AtLeast = 128 * 1024;

    private const int MutationsMost = 4;
    private const int BytesMost = 100_000;
    private const int PiecesMost = 64;
    private const int PieceUsually = 16_000;

    internal static Mutant Make(IReadOnlyList<Specimen> specimens, int seed, int number)
    {
        var random = new Random(unchecked((seed * 1_000_003) ^ (number * 486_187_739)));
        var specimen = specimens[random.Next(specimens.Count)];
        var bytes = specimen.Bytes;
        var ways = new List<string>();
        for (var left = random.Next(1, MutationsMost + 1); left > 0 && bytes.Length < BytesMost; left--)
        {
            var (name, mutate) = Mutations.All[random.Next(Mutations.All.Count)];
            ways.Add(name);
            bytes = mutate(bytes, random);
        }

        var reader = specimen.Reader is not null && random.Next(10) == 0
            ? ReplyReaders.All.Keys.ElementAt(random.Next(ReplyReaders.All.Count))
            : specimen.Reader;
        var piece = (bytes.Length / PiecesMost) + random.Next(1, PieceUsually);
        return new Mutant(specimen, reader, bytes, piece, ways);
    }

    /// <summary>Reads it and holds the reader to its promises.</summary>
    /// <param name="read">How it is read; null for as the client does.</param>
    internal Evidence Read(ReadReply? read = null)
    {
        var evidence = new Evidence();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            if (Reader is null)
            {
                StreamReading.Read(Bytes, Piece, evidence);
            }
            else
            {
                var reply = new Trickle(Bytes, Piece);
                (read ?? ReplyReaders.All[Reader])(reply, evidence);
                if (reply.IsOverread)
                {
                    evidence.Complain("read beyond its end, again and again");
                }
            }
        }
        catch (Exception broken)
        {
            evidence.Complain($"{broken.GetType().Name}: {broken.Message} {broken.StackTrace}");
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        if (allocated > AtLeast + ((long)PerByte * Bytes.Length))
        {
            evidence.Complain($"{allocated} bytes allocated for {Bytes.Length}");
        }

        return evidence;
    }

    public override string ToString()
    {
        var text = Encoding.UTF8.GetString(Bytes.AsSpan(0, Math.Min(Bytes.Length, 2000)));
        return $"{Specimen.Name} as {Reader ?? "a stream"} in pieces of {Piece}, "
            + $"after: {string.Join(", ", Ways)}; {Bytes.Length} bytes: {text}";
    }
}
