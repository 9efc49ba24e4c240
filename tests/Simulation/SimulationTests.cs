namespace HybridCalendar.Simulation;

/// <summary>The whole service, without network, database or clock, in a thousand worlds.</summary>
public class SimulationTests
{
    private const int Seeds = 1000;
    private const int SeedsElsewhere = 20;

    [Fact]
    public void Whatever_goes_wrong_every_projection_equals_the_calendars_once_the_faults_stop()
    {
        var failures = Simulate.Failures(Seeds);
        failures.ShouldBeEmpty(string.Join('\n', failures.Select(failure => failure.Message)));
    }

    [Fact]
    public void A_seed_takes_the_same_steps_and_records_the_same_events_whenever_it_is_run()
    {
        for (var seed = 1; seed <= SeedsElsewhere; seed++)
        {
            Told(seed).ShouldBe(Told(seed));
        }
    }

    [Fact]
    public async Task Projections_are_the_same_bytes_in_another_process_culture_and_time_zone()
    {
        var worlds = Enumerable.Range(1, SeedsElsewhere).Select(seed => Seed.Run(seed)).ToList();
        var documents = worlds.SelectMany(world => world.Documents).ToList();
        documents.ShouldNotBeEmpty();
        (await OtherProcess.Rebuild(worlds.Select(world => world.Events))).ShouldBe(documents);
    }

    [Fact]
    public void Some_worlds_have_what_is_not_told_at_first_and_mailboxes_that_are_listed_no_more()
    {
        var recorded = Enumerable.Range(1, SeedsElsewhere)
            .SelectMany(seed => Seed.Run(seed).Events)
            .Select(e => e.Name)
            .ToHashSet();
        string[] events =
        [
            "meeting_expansion_corrected", "meeting_expansion_confirmed", "unknown_entries_seen",
            "mailbox_disabled", "join_times_changed", "mailbox_join_times_changed",
        ];
        events.Except(recorded).ShouldBeEmpty();
    }

    // Ciphertexts are new each time; everything else repeats.
    private static List<string> Told(int seed)
    {
        var told = new List<string>();
        var (_, events, _) = Seed.Run(seed, told.Add);
        told.AddRange(events.Select(e => $"{e.Sequence} {e.Stream} {e.Version} {e.Name}"));
        return told;
    }
}
