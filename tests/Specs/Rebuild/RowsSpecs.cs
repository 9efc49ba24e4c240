using System.Text.Json;
using CsCheck;
using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Host.Rebuild;
using HybridCalendar.Projections;

namespace HybridCalendar.Specs.Rebuild;

/// <summary>PostgreSQL's binary rows are read as they were written, however the bytes arrive.</summary>
public class RowsSpecs
{
    private static readonly Gen<(Guid Id, long Version)> Row =
        Gen.Select(Gen.Guid, Gen.Long[1, long.MaxValue]);

    [Fact]
    public Task rows_are_read_as_they_were_written_whatever_arrives_at_once() =>
        Gen.Select(Row.Array[0, 40], Gen.Int[1, 3_000]).SampleAsync(async (rows, atOnce) =>
        {
            using var written = new MemoryStream();
            using (var writer = new DocumentRows(written, typeof(Presence)))
            {
                foreach (var (id, version) in rows)
                {
                    await writer.Write(id, Document(id), version, CancellationToken.None);
                }

                await writer.Complete(CancellationToken.None);
            }

            await using var reader = await BinaryRows.Open(
                new Trickle(written.ToArray(), atOnce), CancellationToken.None);
            foreach (var (id, version) in rows)
            {
                (await reader.Next(CancellationToken.None)).ShouldBeTrue();
                reader.Id(0).ShouldBe(id);
                JsonSerializer.Deserialize<Presence>(reader.Json(1), EventJson.Options)
                    .ShouldBe(Document(id));
                reader.Text(2).ShouldBe(typeof(Presence).FullName);
                reader.Number(3).ShouldBe(version);
            }

            (await reader.Next(CancellationToken.None)).ShouldBeFalse();
        });

    [Fact]
    public async Task rows_that_end_too_early_are_an_error()
    {
        using var written = new MemoryStream();
        using (var writer = new DocumentRows(written, typeof(Presence)))
        {
            await writer.Write(Guid.Empty, Document(Guid.Empty), 1, CancellationToken.None);
            await writer.Complete(CancellationToken.None);
        }

        await using var reader = await BinaryRows.Open(
            new Trickle(written.ToArray()[..^20], 1_000), CancellationToken.None);

        await Should.ThrowAsync<EndOfStreamException>(
            async () => await reader.Next(CancellationToken.None));
    }

    private static Presence Document(Guid id) => new() { Id = id, Replies = AutomaticReplies.Disabled };

    /// <summary>Gives so many bytes at a time.</summary>
    private sealed class Trickle(byte[] bytes, int atOnce) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(
            Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, atOnce)], cancellationToken);
    }
}
