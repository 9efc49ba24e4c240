namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>The operation that ends a subscription.</summary>
internal static class Unsubscribe
{
    public static void Answer(EwsCall call, ReplyWriter reply)
    {
        var id = call.Request.Need("SubscriptionId").Value.Trim();
        reply.Start("Unsubscribe");
        if (call.Subscriptions.Remove(call.BackEnd, id))
        {
            reply.Success(_ => { });
        }
        else
        {
            reply.Error(new EwsError("ErrorSubscriptionNotFound", "The subscription was not found."));
        }
    }
}
