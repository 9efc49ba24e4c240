namespace HybridCalendar.Benchmarks;

/// <summary>What many numbers come to.</summary>
internal static class Figures
{
    private const double Quarter = 0.25;
    private const double Half = 0.5;
    private const double AlmostAll = 0.99;

    public static double Median(this IEnumerable<double> numbers) => numbers.Quantile(Half);

    /// <summary>What 99 of 100 do not exceed.</summary>
    public static double P99(this IEnumerable<double> numbers) => numbers.Quantile(AlmostAll);

    /// <summary>Between which numbers the middle half of all lies.</summary>
    public static (double From, double To) MiddleHalf(this IReadOnlyCollection<double> numbers) =>
        (numbers.Quantile(Quarter), numbers.Quantile(1 - Quarter));

    // By nearest rank; the median of an even count is the middle of two.
    private static double Quantile(this IEnumerable<double> numbers, double part)
    {
        double[] sorted = [.. numbers.Order()];
        if (sorted.Length == 0)
        {
            return double.NaN;
        }

        var rank = part * sorted.Length;
        var index = Math.Clamp((int)Math.Ceiling(rank) - 1, 0, sorted.Length - 1);
        return part == Half && sorted.Length % 2 == 0
            ? (sorted[index] + sorted[index + 1]) / 2
            : sorted[index];
    }
}
