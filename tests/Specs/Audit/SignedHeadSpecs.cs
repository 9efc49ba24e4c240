using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using HybridCalendar.Domain.Audit;
using NodaTime;

namespace HybridCalendar.Specs.Audit;

/// <summary>What is hashed and signed stays the same for ever: as it was once written, and here.</summary>
public sealed class SignedHeadSpecs : IDisposable
{
    private const string EventLine =
        """{"data":{"at":"2026-11-23T09:00:00Z","code":"ErrorNonExistentMailbox","mailbox":"MAILBOX"},"""
        + "\"id\":\"00000000-0000-4000-8000-000000000001\",\"position\":7,\"previous\":null,"
        + "\"recordedAt\":\"2026-11-23T09:00:00.123456Z\","
        + "\"stream\":\"00000000-0000-4000-8000-000000000002\",\"type\":\"mailbox_failed\",\"version\":1}";

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static AuditedEvent Example { get; } = new(
        7,
        new Guid("00000000-0000-4000-8000-000000000001"),
        new Guid("00000000-0000-4000-8000-000000000002"),
        1,
        "mailbox_failed",
        Instant.FromUtc(2026, 11, 23, 9, 0) + Duration.FromNanoseconds(123_456_000),
        Encoding.UTF8.GetBytes(
            """{"mailbox":"MAILBOX","at":"2026-11-23T09:00:00Z","code":"ErrorNonExistentMailbox"}"""));

    public void Dispose() => key.Dispose();

    [Fact]
    public void The_line_of_an_event_is_written_as_it_always_was()
    {
        Line(Example, null).ShouldBe(EventLine);
        Example.HashAfter(null).ShouldBe(MerkleTree.Leaf(Encoding.UTF8.GetBytes(EventLine)));
        Example.HashAfter(null).ToString().ShouldBe(
            "ffc687af96a02358d5dd3af1b122c3de16961ad6ae8b2423978fa58b6fbe2ed2");
    }

    [Fact]
    public void Everything_about_an_event_is_in_its_hash()
    {
        AuditedEvent[] others =
        [
            Example with { Position = 8 },
            Example with { Id = Guid.Empty },
            Example with { Stream = Guid.Empty },
            Example with { Version = 2 },
            Example with { Type = "mailbox_disabled" },
            Example with { RecordedAt = Example.RecordedAt + Duration.FromNanoseconds(1000) },
            Example with { Data = "{}"u8.ToArray() },
        ];
        Hash?[] hashes =
        [
            Example.HashAfter(null),
            Example.HashAfter(Hash.Of([])),
            .. others.Select(other => (Hash?)other.HashAfter(null)),
        ];
        hashes.ShouldBeUnique();
    }

    [Fact]
    public void A_type_that_looks_like_more_of_the_line_stays_within_its_quotes() =>
        Line(Example with { Type = "x\",\"version\":9,\"y\":\"" }, null)
            .ShouldEndWith("""type":"x\",\"version\":9,\"y\":\"","version":1}""");

    [Fact]
    public void The_statement_of_a_head_is_written_as_it_always_was()
    {
        var head = new SignedHead(
            7,
            1,
            Hash.Of([1]),
            Hash.Of([2]),
            Instant.FromUtc(2026, 11, 23, 9, 0),
            "a+key",
            "a/signature=");
        const string statement =
            """{"position":7,"previous":"dbc1b4c900ffe48d575b5da5c638040125f65db0fe3e24494b76ea986457d986","""
            + """
            "publicKey":"a+key","root":"4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a",
            """;
        Encoding.UTF8.GetString(head.Statement)
            .ShouldBe(statement + "\"signedAt\":\"2026-11-23T09:00:00Z\",\"size\":1}");
        $"{head}".ShouldBe(
            statement + "\"signature\":\"a/signature=\",\"signedAt\":\"2026-11-23T09:00:00Z\",\"size\":1}");
    }

    [Fact]
    public void A_head_is_read_as_it_was_signed()
    {
        var head = Signed();
        var read = SignedHead.Parse($"{head}");
        read.ShouldBe(head);
        read.IsSigned().ShouldBeTrue();
        read.Hash.ShouldBe(head.Hash);
    }

    [Fact]
    public void A_head_of_which_anything_was_changed_is_not_signed()
    {
        var head = Signed();
        using var another = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        SignedHead[] forged =
        [
            head with { Position = head.Position + 1 },
            head with { Size = head.Size + 1 },
            head with { Root = Hash.Of([9]) },
            head with { Previous = null },
            head with { SignedAt = head.SignedAt + Duration.Epsilon },
            head with { PublicKey = Convert.ToBase64String(another.ExportSubjectPublicKeyInfo()) },
            head with { PublicKey = "not a key" },
            head with { Signature = Convert.ToBase64String(new byte[64]) },
            head with { Signature = "" },
        ];
        forged.ShouldAllBe(each => !each.IsSigned());
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"position":1,"previous":null,"size":1,"root":"zz"}""")]
    public void What_is_no_head_is_refused(string text) =>
        Should.Throw<FormatException>(() => SignedHead.Parse(text));

    private static string Line(AuditedEvent e, Hash? previous)
    {
        var output = new ArrayBufferWriter<byte>();
        e.WriteTo(output, previous);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private SignedHead Signed()
    {
        var tree = new MerkleTree();
        tree.Append(Example.HashAfter(null));
        var before = SignedHead.Sign(3, tree, null, Example.RecordedAt, key);
        return SignedHead.Sign(7, tree, before, Example.RecordedAt, key);
    }
}
