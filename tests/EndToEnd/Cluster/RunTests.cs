using System.Net;
using System.Net.Sockets;

namespace HybridCalendar.EndToEnd.Cluster;

/// <summary>What the scripts say when they cannot do what was asked, before anything starts.</summary>
public class RunTests
{
    [Theory]
    [InlineData("run")]
    [InlineData("test")]
    [InlineData("db/cluster")]
    public async Task every_script_says_how_it_is_used(string script)
    {
        var outcome = await Shell.Run(Script(script), ["--help"]);

        outcome.Code.ShouldBe(0);
        outcome.Answer.ShouldStartWith("usage: ");
        outcome.Answer.ShouldContain(script);
    }

    [Theory]
    [InlineData("HOST_PORT")]
    [InlineData("LAB_PORT")]
    public async Task a_taken_port_is_named_with_the_way_to_choose_another(string setting)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var outcome = await Shell.Run(
            Script("run"), ["--once", "1"], ("HOST_PORT", "1"), ("LAB_PORT", "1"), (setting, $"{port}"));

        outcome.Code.ShouldBe(1);
        outcome.Told.ShouldStartWith($"Port {port} is taken by another program.");
        outcome.Told.ShouldContain($"{setting}=");
        outcome.Answer.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--once", "many", "--once wants a number of changes, not: many")]
    [InlineData("--once", "0", "--once wants a number of changes, not: 0")]
    [InlineData("--twice", "2", "usage: ")]
    public async Task a_wrong_argument_is_explained(string option, string value, string sentence)
    {
        var outcome = await Shell.Run(Script("run"), [option, value]);

        outcome.Code.ShouldBe(1);
        outcome.Told.ShouldStartWith(sentence);
    }

    [Fact]
    public async Task nothing_is_changed_in_a_real_exchange()
    {
        var outcome = await Shell.Run(
            Script("run"), ["--once", "1"], ("Exchange__Url", "https://mail.example/EWS/Exchange.asmx"));

        outcome.Code.ShouldBe(1);
        outcome.Told.ShouldContain("not done in an Exchange of yours");
    }

    [Theory]
    [InlineData("""{"context":"no","text":"retitled to \u201cB\u00fcdget\u201d"}""", "retitled to “Büdget”")]
    [InlineData("""{"text":"the \"text\": \\ \ud83d\ude00","why":"hint"}""", """the "text": \ 😀""")]
    [InlineData("""{"text":"clear\u001b[2J\nthe\u009b2Jscreen"}""", "clear [2J the 2Jscreen")]
    [InlineData("""{"why":"hint"}""", "")]
    public async Task a_text_is_shown_as_it_is_but_steers_no_terminal(string json, string shown)
    {
        const string program = """source "$1"; field text "$2"; printf '%s' "$text" """;

        var outcome = await Shell.Run("bash", ["-euc", program, "bash", Script("db/demo"), json]);

        outcome.Told.ShouldBeEmpty();
        outcome.Answer.ShouldBe(shown);
    }

    private static string Script(string name) => Path.Combine(Shell.Root, name);
}
