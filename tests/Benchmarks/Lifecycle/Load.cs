namespace HybridCalendar.Benchmarks.Lifecycle;

/// <summary>How much work a variant is given in one round. The same for each.</summary>
/// <param name="Mailboxes">Shared out among the writers.</param>
/// <param name="ImportPages">Pages of new meetings in each mailbox.</param>
/// <param name="BusyLooks">Looks at each mailbox, one upon the other.</param>
/// <param name="CalmLooks">Looks at each mailbox, with pauses.</param>
/// <param name="Pause">From one calm look of a writer to its next.</param>
internal sealed record Load(int Mailboxes, int ImportPages, int BusyLooks, int CalmLooks, TimeSpan Pause)
{
    public const int Writers = 4;
    public const int MeetingsPerPage = 100;
    public const int ChangesPerLookMax = 5;

    /// <summary>Turns of seconds, so that what else a machine does hits all variants alike.</summary>
    public static Load Full { get; } = new(20, 3, 30, 3, TimeSpan.FromMilliseconds(200));

    public static Load Quick { get; } = new(4, 1, 5, 5, TimeSpan.FromMilliseconds(50));
}
