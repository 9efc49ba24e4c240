using CsCheck;
using HybridCalendar.Domain.Audit;
using Hash = HybridCalendar.Domain.Audit.Hash;

namespace HybridCalendar.Specs.Audit;

/// <summary>How: against the recursive definition of the RFC, for lists up to some hundred long.</summary>
public class MerkleTreeSpecs
{
    private const int MostEntries = 300;

    private static readonly Gen<byte[][]> Entries = Gen.Byte.Array[0, 5].Array[0, MostEntries];

    private static readonly Gen<(byte[][] Entries, int Cut)> Cut =
        from entries in Entries
        from cut in Gen.Int[0, entries.Length]
        select (entries, cut);

    /// <summary>Test vectors of the reference implementation of RFC 6962, whose tree is the same.</summary>
    public static TheoryData<int, string> Vectors => new()
    {
        { 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
        { 1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d" },
        { 2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125" },
        { 3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77" },
        { 4, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7" },
        { 5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4" },
        { 6, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef" },
        { 7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c" },
        { 8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328" },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void The_root_is_that_of_the_published_vectors(int size, string root)
    {
        string[] inputs =
        [
            "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
            "606162636465666768696a6b6c6d6e6f",
        ];
        Grown(inputs.Take(size).Select(Convert.FromHexString)).Root.ShouldBe(Hash.Parse(root));
    }

    [Fact]
    public void The_root_is_what_the_definition_gives() =>
        Entries.Sample(entries => Grown(entries).Root == NaiveTree.Root(entries));

    [Fact]
    public void A_tree_that_is_taken_up_again_grows_on_as_if_it_had_never_stopped() =>
        Cut.Sample((entries, cut) =>
        {
            var before = Grown(entries.Take(cut));
            var resumed = MerkleTree.Of(before.Size, before.Peaks);
            Append(resumed, entries.Skip(cut));
            return resumed.Root == NaiveTree.Root(entries) && resumed.Size == entries.Length;
        });

    [Fact]
    public void Roots_of_subtrees_stand_for_all_their_leaves() =>
        Cut.Sample((entries, cut) =>
        {
            var tree = Grown(entries.Take(cut));
            foreach (var (start, height) in MerkleTree.Spans(cut, entries.Length))
            {
                tree.Append(NaiveTree.Root(entries[(int)start..((int)start + (1 << height))]), height);
            }

            return tree.Root == NaiveTree.Root(entries);
        });

    [Fact]
    public void Few_subtrees_lead_from_any_size_to_any_other() =>
        Cut.Sample((entries, cut) =>
            MerkleTree.Spans(cut, entries.Length).Count() <= 2 * int.Log2(entries.Length | 1) + 2);

    [Fact]
    public void Peaks_of_another_number_of_leaves_are_refused() =>
        Should.Throw<FormatException>(() => MerkleTree.Of(4, Grown([[1], [2], [3]]).Peaks));

    [Fact]
    public void A_subtree_that_cannot_stand_there_is_refused() =>
        Should.Throw<FormatException>(() => Grown([[1]]).Append(Hash.Of([]), height: 1));

    private static MerkleTree Grown(IEnumerable<byte[]> entries)
    {
        var tree = new MerkleTree();
        Append(tree, entries);
        return tree;
    }

    private static void Append(MerkleTree tree, IEnumerable<byte[]> entries)
    {
        foreach (var entry in entries)
        {
            tree.Append(MerkleTree.Leaf(entry));
        }
    }
}
