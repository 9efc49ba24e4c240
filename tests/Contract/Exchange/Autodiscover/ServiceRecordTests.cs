using HybridCalendar.Adapters.Exchange.Autodiscover;

namespace HybridCalendar.Contract.Exchange.Autodiscover;

/// <summary>DNS service records, asked of a real name server on this machine.</summary>
public sealed class ServiceRecordTests
{
    private const string Name = "_autodiscover._tcp.lab.example";

    [Fact]
    public async Task the_record_of_the_domain_leads_to_its_host_and_port()
    {
        await using var internet = await Internet.Start();
        internet.Names.Add(Name, 0, 0, 8443, "exchange.lab.example.");
        internet.On("https://exchange.lab.example:8443", 200, Replies.Soap(Replies.Located()));
        (await internet.Find()).ShouldBeOfType<Discovery.Located>();
        internet.Names.Asked.ShouldBe([Name]);
    }

    [Fact]
    public async Task a_record_of_a_host_of_somebody_else_is_told_and_not_followed()
    {
        await using var internet = await Internet.Start();
        internet.Names.Add(Name, 0, 0, 443, "hostile.example");
        internet.On("https://hostile.example", 200, Replies.Soap(Replies.Located()));
        (await internet.Find()).ShouldBe(
            new Discovery.Refused(DiscoveryRefusal.RedirectNotAllowed, "hostile.example"));
        internet.Asked.ShouldBeEmpty();
        (await internet.Find(change: settings => settings with { AutodiscoverHosts = ["hostile.example"] }))
            .ShouldBeOfType<Discovery.Located>();
    }

    [Fact]
    public async Task records_are_tried_by_priority_and_no_more_than_four()
    {
        await using var internet = await Internet.Start();
        foreach (var priority in new[] { 50, 10, 40, 20, 30 })
        {
            internet.Names.Add(Name, priority, 0, 443, $"p{priority}.lab.example");
            internet.On($"https://p{priority}.lab.example", 503);
        }

        await internet.Find();
        internet.Shown.ShouldBe(["p10.lab.example", "p20.lab.example", "p30.lab.example", "p40.lab.example"]);
    }

    [Fact]
    public void within_a_priority_a_record_is_first_as_often_as_its_weight_says()
    {
        ServiceRecord[] records = [new("a", 443, 1, 30), new("b", 443, 1, 10), new("c", 443, 1, 0)];
        var lots = new Random(7);
        var firsts = Enumerable.Range(0, 4100)
            .Select(_ => ServiceRecords.Ordered(records, lots))
            .Select(ordered => (ordered[0].Host, ordered.Count))
            .ToList();
        firsts.ShouldAllBe(first => first.Count == 3);
        firsts.Count(first => first.Host == "a").ShouldBeInRange(2850, 3150);
        firsts.Count(first => first.Host == "b").ShouldBeInRange(880, 1120);
        firsts.Count(first => first.Host == "c").ShouldBeInRange(50, 160);
    }

    [Theory]
    [InlineData(0, "mail.lab.example")]
    [InlineData(443, ".")]
    [InlineData(443, "not a host")]
    public async Task a_record_without_a_host_is_none(int port, string target)
    {
        await using var internet = await Internet.Start();
        internet.Names.Add(Name, 0, 0, port, target);
        (await Find(internet)).ShouldBeOfType<ServiceLookup.Found>().Records.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_name_that_does_not_exist_has_no_records()
    {
        await using var internet = await Internet.Start();
        (await Find(internet)).ShouldBeOfType<ServiceLookup.Found>().Records.ShouldBeEmpty();
    }

    [Fact]
    public async Task an_answer_that_is_cut_off_is_asked_for_over_tcp()
    {
        await using var internet = await Internet.Start();
        internet.Names.Truncates = true;
        internet.Names.Add(Name, 0, 0, 443, "mail.lab.example");
        (await Find(internet)).ShouldBeOfType<ServiceLookup.Found>().Records.Count.ShouldBe(1);
        internet.Names.OverTcp.ShouldBe(1);
    }

    public static TheoryData<string, Func<byte[], byte[]?>> BadAnswers => new()
    {
        { "nothing at all", _ => null },
        { "the question", question => question },
        { "two bytes", question => question[..2] },
        { "a name that points to itself", question =>
            [.. question[..2], 0x81, 0x80, 0, 0, 0, 1, 0, 0, 0, 0, 0xC0, 12, 0, 33, 0, 1] },
        { "a length beyond its end", question =>
            [.. question[..2], 0x81, 0x80, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 33, 0, 1, 0, 0, 0, 1, 255, 255, 1] },
        { "server failure", question => [.. question[..2], 0x81, 0x82, 0, 0, 0, 0, 0, 0, 0, 0] },
        { "another number", question => [0, 0, 0x81, 0x80, 0, 0, 0, 0, 0, 0, 0, 0] },
    };

    [Theory]
    [MemberData(nameof(BadAnswers))]
    public async Task a_name_server_that_answers_badly_or_not_at_all_is_a_failure(
        string answer, Func<byte[], byte[]?> instead)
    {
        await using var internet = await Internet.Start();
        internet.Names.Instead = instead;
        var found = await Find(internet);
        // The question itself is a well-formed answer without records.
        (found is ServiceLookup.Failed || found is ServiceLookup.Found { Records.Count: 0 }
            && answer == "the question").ShouldBeTrue(found.ToString());
    }

    [Fact]
    public async Task a_name_server_that_is_not_there_leaves_the_search_open()
    {
        await using var internet = await Internet.Start();
        internet.Names.Instead = _ => null;
        (await internet.Find()).ShouldBe(new Discovery.Refused(DiscoveryRefusal.Unreachable));
    }

    [Fact]
    public async Task an_address_whose_domain_is_no_name_for_dns_spoils_no_search()
    {
        await using var internet = await Internet.Start();
        internet.Names.Add(Name, 0, 0, 8443, "exchange.lab.example.");
        internet.On("https://exchange.lab.example:8443", 200, Replies.Soap(Replies.Located()));
        var label = new string('a', 60);
        string[] addresses =
            [$"a@{label}.{label}.{label}.{label}", "a@xn--\u00FC.example", "anna@lab.example"];
        var found = await internet.Discoverer().Find(addresses, null, Internet.Stop);
        addresses.Select(address => found[address].GetType().Name)
            .ShouldBe(["Refused", "Refused", "Located"]);
    }

    private static Task<ServiceLookup> Find(Internet internet) => new ServiceRecords(
        internet.Settings with { NameTimeout = TimeSpan.FromMilliseconds(300) })
        .Find("lab.example", Internet.Stop);
}
