using System.Net.ServerSentEvents;
using System.Text.Json;
using HybridCalendar.Projections;
using NodaTime;

namespace HybridCalendar.EndToEnd.Service;

/// <summary>An event of the live stream.</summary>
/// <param name="At">When it arrived.</param>
internal sealed record LiveEvent(Instant At, string Kind, string? Id, JsonElement Data)
{
    public T As<T>() => Data.Deserialize<T>(EventJson.Options)!;
}

/// <summary>Gathers what the live stream sends while a test does other things.</summary>
internal sealed class LiveReader : IAsyncDisposable
{
    private readonly Lock guard = new();
    private readonly List<LiveEvent> events = [];
    private readonly CancellationTokenSource gone = new();
    private readonly Task reading;

    private LiveReader(Stream stream) => reading = Read(stream);

    /// <summary>All that has arrived, oldest first.</summary>
    public IReadOnlyList<LiveEvent> All
    {
        get
        {
            lock (guard)
            {
                return [.. events];
            }
        }
    }

    public static async Task<LiveReader> Open(
        CalendarService service, Guid? mailbox = null, string? after = null, string query = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/changes?mailbox={mailbox}{query}");
        if (after is { })
        {
            request.Headers.Add("Last-Event-ID", after);
        }

        var headersOnly = HttpCompletionOption.ResponseHeadersRead;
        var reply = await service.Http.SendAsync(request, headersOnly, TestContext.Current.CancellationToken);
        reply.EnsureSuccessStatusCode();
        return new LiveReader(await reply.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>
    /// Waits until an event of a kind has arrived of which a condition holds, and answers it.
    /// </summary>
    public async Task<LiveEvent> Until(string kind, Func<LiveEvent, bool> condition, TimeSpan? limit = null)
    {
        LiveEvent? found = null;
        await Deadline.Wait(
            () =>
            {
                found = All.FirstOrDefault(e => e.Kind == kind && condition(e));
                return Task.FromResult(
                    found is { } ? null : $"there is no such {kind} among {string.Join("\n", All)}");
            },
            limit ?? LiveWorld.Limit);
        return found!;
    }

    public async ValueTask DisposeAsync()
    {
        await gone.CancelAsync();
        await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        gone.Dispose();
    }

    private async Task Read(Stream stream)
    {
        await using var closed = stream;
        var parser = SseParser.Create(stream, (kind, data) => JsonDocument.Parse(data.ToArray()).RootElement);
        await foreach (var item in parser.EnumerateAsync(gone.Token))
        {
            var arrived = SystemClock.Instance.GetCurrentInstant();
            lock (guard)
            {
                events.Add(new LiveEvent(arrived, item.EventType, item.EventId, item.Data));
            }
        }
    }
}
