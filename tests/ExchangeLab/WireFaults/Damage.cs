namespace HybridCalendar.ExchangeLab.WireFaults;

/// <summary>What becomes of an answer while it is sent.</summary>
internal sealed record Damage(WireFaultKind Kind)
{
    /// <summary>Sends the first half of a body, and then no more.</summary>
    public async Task Send(HttpContext http, ReadOnlyMemory<byte> body, CancellationToken stopping)
    {
        var half = body[..(body.Length / 2)];
        http.Response.ContentLength = Kind == WireFaultKind.Truncated ? half.Length : body.Length;
        await http.Response.Body.WriteAsync(half, stopping);
        if (Kind == WireFaultKind.ResetInBody)
        {
            await http.Response.Body.FlushAsync(stopping);
            http.Abort();
        }
    }
}
