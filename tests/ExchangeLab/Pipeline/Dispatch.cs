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
            ["FindItem"] = FindItem.Answer,
            ["GetFolder"] = GetFolder.Answer,
            ["GetItem"] = GetItem.Answer,
            [GetUserAvailability.Element] = GetUserAvailability.Answer,
            ["GetUserOofSettingsRequest"] = GetUserOofSettings.Answer,
            ["Subscribe"] = Subscribe.Answer,
            ["SyncFolderItems"] = SyncFolderItems.Answer,
            ["Unsubscribe"] = Unsubscribe.Answer,
            ["UpdateItem"] = UpdateItem.Answer,
        };

    /// <summary>Refuses what is no operation of this server.</summary>
    public static void Check(string operation)
    {
        if (operation != nameof(GetStreamingEvents) && !Operations.ContainsKey(operation))
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
        lock (organization.Gate)
        {
            Operations[operation](call, reply);
        }

        if (operation == nameof(Subscribe))
        {
            BackEnds.Tie(http, call.BackEnd);
        }

        await Sending.Send(http, StatusCodes.Status200OK, reply.Finish(), stopping);
    }
}
