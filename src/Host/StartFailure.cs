using Microsoft.AspNetCore.Connections;
using Npgsql;

namespace HybridCalendar.Host;

/// <summary>
/// Says in a sentence why the service cannot start, where an operator can mend it;
/// anything else is a bug and keeps its trace.
/// </summary>
internal static class StartFailure
{
    public static string? Sentence(Exception? failure) => failure switch
    {
        null => null,
        SettingsException or SchemaException or InvalidDataException or UnauthorizedAccessException =>
            failure.Message,
        AddressInUseException =>
            "The service cannot listen where it was told to, because another program does: "
            + "choose another port with --urls.",
        PostgresException refused =>
            $"The database refuses: {refused.MessageText}. Check ConnectionStrings__Calendar.",
        NpgsqlException =>
            "The database does not answer. Check ConnectionStrings__Calendar, and that PostgreSQL runs.",
        _ => Sentence(failure.InnerException),
    };
}
