using HybridCalendar.Host.Read;
using NodaTime;

namespace HybridCalendar.Host.Commands;

/// <summary>Instants on the command line.</summary>
internal static class Instants
{
    /// <summary>An optional instant; when the text is not one, says so and answers null.</summary>
    public static Instant? Parse(string? text, Instant otherwise)
    {
        var parsed = Window.ParseInstant(text, otherwise);
        if (parsed is null)
        {
            Console.Error.WriteLine($"{text} is not an instant in UTC, for example 2026-11-23T09:00:00Z.");
        }

        return parsed;
    }
}
