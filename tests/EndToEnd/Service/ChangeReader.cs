using System.Net.ServerSentEvents;
using System.Text.Json;
using HybridCalendar.Host.Read;
using HybridCalendar.Projections;

namespace HybridCalendar.EndToEnd.Service;

/// <summary>Listens to the live stream of changes as a browser would.</summary>
internal sealed class ChangeReader
{
    private readonly IAsyncEnumerator<SseItem<RecordedEvent?>> items;

    private ChangeReader(Stream stream) => items = SseParser
        .Create(stream, Read)
        .EnumerateAsync(TestContext.Current.CancellationToken)
        .GetAsyncEnumerator(TestContext.Current.CancellationToken);

    /// <summary>All that was heard so far.</summary>
    public List<RecordedEvent> Seen { get; } = [];

    public static async Task<ChangeReader> Open(CalendarService service, long? after = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/changes");
        if (after is { } position)
        {
            request.Headers.Add("Last-Event-ID", $"{position}");
        }

        var cancellation = TestContext.Current.CancellationToken;
        var headersOnly = HttpCompletionOption.ResponseHeadersRead;
        var reply = await service.Http.SendAsync(request, headersOnly, cancellation);
        reply.EnsureSuccessStatusCode();
        return new ChangeReader(await reply.Content.ReadAsStreamAsync(cancellation));
    }

    /// <summary>Listens until a change's text holds some words, and answers it.</summary>
    public async Task<RecordedEvent> Until(string words)
    {
        while (await items.MoveNextAsync().AsTask().WaitAsync(LiveWorld.Limit))
        {
            if (items.Current.Data is not { } change)
            {
                continue;
            }

            items.Current.EventId.ShouldBe($"{change.Position}");
            Seen.Add(change);
            if (change.Text.Contains(words, StringComparison.Ordinal))
            {
                return change;
            }
        }

        throw new EndOfStreamException("the live stream ended");
    }

    // Signs of life are no changes.
    private static RecordedEvent? Read(string type, ReadOnlySpan<byte> data) =>
        type == "change" ? JsonSerializer.Deserialize<RecordedEvent>(data, EventJson.Options) : null;
}
