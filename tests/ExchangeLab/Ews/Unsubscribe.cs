namespace HybridCalendar.ExchangeLab.Ews;

/// <summary>The operation that ends a subscription.</summary>
internal static class Unsubscribe
{
    public static void Answer(EwsCall call, ReplyWriter reply)
    {
        var id = call.Request.Need("SubscriptionId").Value.Trim();
        reply.Start("Unsubscribe");
        try
        {
            call.Subscriptions.End(call.BackEnd, call.Caller.Account, id);
            reply.Success(_ => { });
        }
        catch (EwsError error)
        {
            reply.Error(error);
        }
    }
}
