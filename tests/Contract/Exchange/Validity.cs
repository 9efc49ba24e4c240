using System.Net.Http.Json;
using System.Text.Json;

namespace HybridCalendar.Contract.Exchange;

/// <summary>What every test against the lab ends with.</summary>
internal static class Validity
{
    /// <summary>
    /// Whether no request of the client and no reply of the lab was one that the schemas forbid.
    /// </summary>
    internal static async Task ShouldHaveBeenValid(this HttpClient control)
    {
        var counts = await control.GetFromJsonAsync<JsonElement>("/lab/statistics", CancellationToken.None);
        counts.GetProperty("invalidRequests").GetInt64().ShouldBe(0, "requests that the schemas forbid");
        counts.GetProperty("invalidReplies").GetInt64().ShouldBe(0, "replies that the schemas forbid");
    }
}
