using HybridCalendar.Domain.Mailboxes;
using NodaTime;

namespace HybridCalendar.Adapters.Exchange.Watching;

/// <summary>Why a stream ended or could not be opened.</summary>
/// <param name="Reason">One of the adapter's own words.</param>
/// <param name="Until">When to try again at the earliest; null when that is for us to choose.</param>
/// <param name="IsRegular">The server closed the stream when its time was over.</param>
/// <param name="IsOverload">The server has too much to do: it is left alone for longer.</param>
internal sealed record Trouble(
    string Reason, Instant? Until = null, bool IsRegular = false, bool IsOverload = false)
{
    internal const string Broken = Codes.Broken;
    internal const string StreamRefused = "stream-refused";
    internal const string SubscriptionsLost = "subscriptions-lost";

    /// <summary>Mailboxes that may be on another server from now on.</summary>
    internal IReadOnlyList<MailboxId> Moved { get; init; } = [];

    internal static Trouble Busy(Instant until) => new("busy", until);
}

/// <summary>
/// Whether subscriptions, and the server to which they lead, are still worth a try.
/// </summary>
/// <remarks>
/// A server that died is known by nothing else: its cookie leads to it, and whoever stands before it answers
/// with errors of his own, or not at all.
/// </remarks>
internal sealed class Doubt
{
    private int failures;

    /// <summary>True when they are to be made anew, from a server that is yet to be found.</summary>
    /// <param name="hasOpened">Whether the stream was good before it ended.</param>
    internal bool After(Trouble trouble, bool hasOpened)
    {
        if (hasOpened)
        {
            failures = 0;
        }

        // Neither a busy server nor a refused password says anything about them.
        if (hasOpened || trouble.Until is not null || Codes.ReactionTo(trouble.Reason) == Reaction.SignIn
            || ++failures < (trouble.IsOverload ? Bounds.OverloadsPerSubscription
                : Bounds.FailuresPerSubscription))
        {
            return false;
        }

        failures = 0;
        return true;
    }
}

/// <summary>
/// How long to wait before a stream is opened again: longer with each failure in a row, never quite alike.
/// </summary>
internal sealed class Pauses(ExchangeSettings settings, TimeProvider time)
{
    private const double LeastShare = 0.5;

    private int failures;

    /// <summary>Waits as long as this end of a stream asks for.</summary>
    /// <param name="lived">How long the stream was open.</param>
    internal Task After(Trouble trouble, TimeSpan lived, CancellationToken cancellation) =>
        Task.Delay(Next(trouble, lived), time, cancellation);

    /// <summary>The pause after this end of a stream, which counts.</summary>
    internal TimeSpan Next(Trouble trouble, TimeSpan lived)
    {
        if (trouble.Reason == Codes.AccountChanged)
        {
            // The other account was not refused: it serves at once.
            return TimeSpan.Zero;
        }

        failures = lived >= settings.StreamProven ? 0 : Math.Min(failures + 1, Bounds.PauseDoublings);
        // Spread, so that all streams of an installation do not come back in the same moment.
        var share = LeastShare + Random.Shared.NextDouble() * (1 - LeastShare);
        if (trouble.Until is { } until)
        {
            var rest = (until - Instant.FromDateTimeOffset(time.GetUtcNow())).ToTimeSpan();
            return TimeSpan.FromTicks(Math.Clamp(rest.Ticks, 0, settings.LongestBackOff.Ticks))
                + settings.FirstPause * share;
        }

        var first = trouble.IsOverload ? settings.FirstOverloadPause : settings.FirstPause;
        if (failures == 0)
        {
            return trouble.IsRegular ? TimeSpan.Zero : first * share;
        }

        var pause = first * Math.Pow(2, failures - 1);
        return (pause < settings.LongestPause ? pause : settings.LongestPause) * share;
    }
}
