using System.Diagnostics;
using System.Globalization;
using HybridCalendar.Simulation.Record;

namespace HybridCalendar.Simulation;

/// <summary>
/// Rebuilds all projections of some worlds from a file of events in another process, which writes numbers,
/// dates and times in another way and is in another place.
/// </summary>
internal static class OtherProcess
{
    private const string EndOfWorld = "";
    private const string Zone = "Pacific/Chatham";

    /// <summary>The documents as that process has them, world by world.</summary>
    public static async Task<IReadOnlyList<string>> Rebuild(IEnumerable<IEnumerable<StoredEvent>> worlds)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(
                file, worlds.SelectMany(events => events.Select(e => e.Write()).Append(EndOfWorld)));
            var program = typeof(OtherProcess).Assembly.Location;
            var start = new ProcessStartInfo("dotnet", [program, "rebuild", file])
            {
                RedirectStandardOutput = true,
                Environment = { ["TZ"] = Zone, ["LANG"] = "tr_TR.UTF-8", ["LC_ALL"] = "tr_TR.UTF-8" },
            };
            using var process = Process.Start(start)!;
            var told = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            process.ExitCode.ShouldBe(0);
            return told.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>The other side: reads the file, and prints the documents.</summary>
    public static void Answer(string file)
    {
        if (TimeZoneInfo.Local.BaseUtcOffset == TimeSpan.Zero)
        {
            throw new InvalidOperationException($"This process is to be in {Zone}.");
        }

        var culture = Foreign();
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
        var events = new List<StoredEvent>();
        foreach (var line in File.ReadLines(file))
        {
            if (line != EndOfWorld)
            {
                events.Add(StoredEvent.Read(line));
                continue;
            }

            Console.Out.Write(string.Concat(View.Rebuild(events).Select(document => document + '\n')));
            events.Clear();
        }
    }

    // No culture needs to be installed for it.
    private static CultureInfo Foreign()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NegativeSign = "~";
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.DateTimeFormat.TimeSeparator = "'";
        culture.DateTimeFormat.DateSeparator = "|";
        culture.DateTimeFormat.ShortDatePattern = "dd|MM|yy";
        return culture;
    }
}
