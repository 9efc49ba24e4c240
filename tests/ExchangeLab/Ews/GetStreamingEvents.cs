using HybridCalendar.ExchangeLab.Model;
using HybridCalendar.ExchangeLab.Streaming;

namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>The operation whose reply stays open and tells what happens while it does.</summary>
internal sealed class GetStreamingEvents(
    Subscriptions subscriptions,
    StreamSettings settings,
    StreamEnvelopes envelopes,
    LabOptions options,
    TimeProvider time)
{
    public const int SubscriptionsMax = 200;
    public const int ConnectionMinutesMax = 30;

    public async Task Answer(HttpContext http, EwsCall call, CancellationToken stopping)
    {
        var request = call.Request;
        var ids = request.Need("SubscriptionIds").Elements()
            .Select(id => id.Value.Trim()).Distinct().ToList();
        if (ids.Count is 0 or > SubscriptionsMax)
        {
            throw EwsFault.SchemaViolation("The 'SubscriptionIds' element has 1 to 200 ids.");
        }

        var minutes = XmlReading.Number(
            request.Need("ConnectionTimeout").Value.Trim(), "ConnectionTimeout", 1, ConnectionMinutesMax);
        http.Response.ContentType = "text/xml; charset=utf-8";
        var writer = new ChunkWriter(
            http.Response.Body,
            settings,
            new RepeatableRandom(Derived.Number(options.Seed, "chunks/" + ids[0])));
        var account = call.Caller.Account;
        var connection = new StreamConnection(
            call.BackEnd, account, call.Impersonated?.Address ?? account, options.BacklogMax, http.Abort);
        if (subscriptions.Attach(ids, connection, LimitOf(call.Edition)) is { } refusal)
        {
            await writer.Write([envelopes.Refusal(refusal, settings.Manners)], stopping);
            return;
        }

        try
        {
            var stream = new OpenStream(connection, ids, writer, settings, envelopes, time);
            await stream.Run(TimeSpan.FromMinutes(minutes), stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The client went away, the stream was cut or the lab stops: nobody is left to answer.
        }
        finally
        {
            subscriptions.Detach(connection);
        }
    }

    private int LimitOf(Edition edition) => options.HangingConnections ?? edition.HangingConnections;
}
