using HybridCalendar.Domain.Mailboxes;
using HybridCalendar.Projections;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace HybridCalendar.Benchmarks.Listing;

/// <summary>
/// The least that answering takes: the same rows are read by one bare query, and the same bytes are sent.
/// </summary>
internal static class Floor
{
    private const string Rows = $"""
        select data from {Catalog.Schema}.mt_doc_listedmeeting
        where cast(data ->> 'mailbox' as uuid) = $1
            and cast(data -> 'time' ->> 'endSecond' as bigint) >= $2
            and cast(data -> 'time' ->> 'startSecond' as bigint) <= $3
        """;

    public static async Task<WebApplication> Start(
        string connection, MailboxId mailbox, byte[] answer, CancellationToken cancellation)
    {
        var source = NpgsqlDataSource.Create(connection);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/", (HttpContext http) => Answer(http, source, mailbox, answer));
        app.Lifetime.ApplicationStopped.Register(source.Dispose);
        await app.StartAsync(cancellation);
        return app;
    }

    private static async Task Answer(
        HttpContext http, NpgsqlDataSource source, MailboxId mailbox, byte[] answer)
    {
        await using var command = source.CreateCommand(Rows);
        command.Parameters.Add(new NpgsqlParameter { Value = mailbox.Value });
        command.Parameters.Add(new NpgsqlParameter { Value = TimeIndex.Floor(FullCalendar.From) });
        command.Parameters.Add(new NpgsqlParameter { Value = TimeIndex.Floor(FullCalendar.To) });
        await using (var reader = await command.ExecuteReaderAsync(http.RequestAborted))
        {
            while (await reader.ReadAsync(http.RequestAborted))
            {
                reader.GetFieldValue<byte[]>(0);
            }
        }

        http.Response.ContentType = "application/json";
        http.Response.ContentLength = answer.Length;
        await http.Response.Body.WriteAsync(answer, http.RequestAborted);
    }
}
