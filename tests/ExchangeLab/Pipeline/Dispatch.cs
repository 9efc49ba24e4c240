using HybridCalendar.ExchangeLab.Ews;
using HybridCalendar.ExchangeLab.Model;
using HybridCalendar.ExchangeLab.Streaming;
using HybridCalendar.ExchangeLab.Style;

namespace HybridCalendar.ExchangeLab.Pipeline;

/// <summary>Hands a request to its operation, by the local name of the request element.</summary>
internal sealed class Dispatch(
    Organization organization, GetStreamingEvents streaming, ReplyStyles styles)
{
    private static readonly Dictionary<string, Action<EwsCall, ReplyWriter>> Operations =
        new(StringComparer.Ordinal)
        {
            ["ConvertId"] = ConvertId.Answer,
            ["CreateItem"] = CreateItem.Answer,
            ["GetFolder"] = GetFolder.Answer,
            [GetUserAvailability.Element] = GetUserAvailability.Answer,
            ["GetUserOofSettingsRequest"] = GetUserOofSettings.Answer,
            ["Subscribe"] = Subscribe.Answer,
            ["Unsubscribe"] = Unsubscribe.Answer,
            ["UpdateItem"] = UpdateItem.Answer,
        };

    /// <summary>
    /// Operations that answer with many items: they look under the organization's lock, and give what writes
    /// the answer without it.
    /// </summary>
    private static readonly Dictionary<string, Func<EwsCall, Action<ReplyWriter>>> Looks =
        new(StringComparer.Ordinal)
        {
            ["FindItem"] = FindItem.Look,
            ["GetItem"] = GetItem.Look,
            ["SyncFolderItems"] = SyncFolderItems.Look,
        };

    /// <summary>Refuses what is no operation of this server.</summary>
    public static void Check(string operation)
    {
        if (operation != nameof(GetStreamingEvents) && !Operations.ContainsKey(operation)
            && !Looks.ContainsKey(operation))
        {
            throw EwsFault.SchemaViolation($"The element '{operation}' is not an operation of this server.");
        }
    }

    public async Task Answer(HttpContext http, EwsCall call, CancellationToken stopping)
    {
        var operation = call.Request.Name.LocalName;
        if (operation == nameof(GetStreamingEvents))
        {
            await streaming.Answer(http, call, stopping);
            return;
        }

        using var reply = new ReplyWriter(styles.Next());
        Answer(operation, call, reply);

        if (operation == nameof(Subscribe))
        {
            BackEnds.Tie(http, call.BackEnd);
        }

        await Sending.Send(http, StatusCodes.Status200OK, reply.Finish(), stopping);
    }

    private void Answer(string operation, EwsCall call, ReplyWriter reply)
    {
        if (Looks.TryGetValue(operation, out var look))
        {
            Action<ReplyWriter> write;
            lock (organization.Gate)
            {
                write = look(call);
            }

            write(reply);
            return;
        }

        lock (organization.Gate)
        {
            Operations[operation](call, reply);
        }
    }
}
