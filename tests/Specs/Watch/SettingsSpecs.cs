using HybridCalendar.Host;
using Microsoft.Extensions.Configuration;
using NodaTime;

namespace HybridCalendar.Specs.Watch;

/// <summary>What an operator is told about settings: all that is wrong, each by its name, at once.</summary>
public sealed class SettingsSpecs : IDisposable
{
    private readonly string mailboxes = Path.GetTempFileName();

    private Dictionary<string, string?> Least => new()
    {
        ["ConnectionStrings:Calendar"] = "Host=localhost",
        ["Keys:File"] = "/var/lib/calendar/key",
        ["Exchange:Mailboxes"] = mailboxes,
        ["Exchange:Url"] = "https://mail.example.com/EWS/Exchange.asmx",
        ["Exchange:Account"] = "watcher@example.com",
        ["Exchange:Password"] = "not a secret",
    };

    public void Dispose() => File.Delete(mailboxes);

    [Fact]
    public void What_must_be_set_is_enough()
    {
        var settings = Read(Least);

        settings.Database.ShouldBe("Host=localhost");
        settings.KeyFile.ShouldBe("/var/lib/calendar/key");
        settings.MailboxFile.ShouldBe(mailboxes);
        settings.Exchange.Url.ShouldBe(new Uri("https://mail.example.com/EWS/Exchange.asmx"));
        settings.Exchange.Account.ShouldBe("watcher@example.com");
        settings.Exchange.Password.ShouldBe("not a secret");
    }

    [Fact]
    public void What_is_not_set_is_as_documented()
    {
        var settings = Read(Least);

        settings.Coalesce.ShouldBe(Duration.FromSeconds(1));
        settings.Sweep.ShouldBe(Duration.FromHours(1));
        settings.AutomaticReplies.ShouldBe(Duration.FromMinutes(4));
        settings.Parallel.ShouldBe(8);
        settings.Lead.ShouldBe(Duration.FromMinutes(5));
    }

    [Fact]
    public void A_table_of_providers_comes_before_that_of_the_service()
    {
        File.WriteAllText(mailboxes, """{ "providers": [ { "name": "acme" } ] }""");
        var settings = Read(new(Least) { ["Joining:Providers"] = mailboxes });

        settings.Providers.Providers[0].ShouldBe("acme");
        settings.Providers.Providers.ShouldContain("zoom");
        Read(Least).Providers.Providers.ShouldNotContain("acme");
    }

    [Fact]
    public void A_table_of_providers_that_cannot_be_used_is_told_with_its_file()
    {
        File.WriteAllText(mailboxes, """{ "without": "nobody" }""");

        Complaints(new(Least) { ["Joining:Providers"] = mailboxes }).ShouldBe(
            [$"Joining__Providers, {mailboxes}: without names \"nobody\", which is no provider"]);
        Complaints(new(Least) { ["Joining:Providers"] = "/nowhere/providers.json" })
            .ShouldHaveSingleItem()
            .ShouldStartWith("Joining__Providers names the file /nowhere/providers.json");
    }

    [Fact]
    public void Everything_that_is_missing_is_named_at_once() =>
        Complaints([]).ShouldBe(
        [
            "ConnectionStrings__Calendar is not set: a PostgreSQL connection string; "
                + "db/cluster url prints the private one's.",
            "Keys__File is not set: a path; the file is made on first start.",
            "Exchange__Mailboxes is not set: a file with a line 'address,user' or 'address,room' "
                + "for each mailbox.",
            "Exchange__Url is not set: for example https://mail.example.com/EWS/Exchange.asmx.",
            "Exchange__Account is not set: the account that may impersonate the mailboxes.",
            "Exchange__Password is not set: that account's password.",
        ]);

    [Fact]
    public void Everything_that_is_wrong_is_named_at_once_with_what_would_be_right()
    {
        var settings = Least;
        settings["Exchange:Mailboxes"] = "/nowhere/mailboxes";
        settings["Exchange:Url"] = "mail.example.com";
        settings["Watch:Coalesce"] = "soon";
        settings["Watch:Sweep"] = "00:00:00";
        settings["Watch:Parallel"] = "65";
        settings["Read:Lead"] = "01:00:01";

        Complaints(settings).ShouldBe(
        [
            "Exchange__Mailboxes names the file /nowhere/mailboxes, which is not there: "
                + "a file with a line 'address,user' or 'address,room' for each mailbox.",
            "Exchange__Url is not a web address: for example https://mail.example.com/EWS/Exchange.asmx.",
            "Watch__Coalesce is 'soon': a span from 00:00:00 to 00:01:00, written hh:mm:ss.",
            "Watch__Sweep is '00:00:00': a span from 00:00:01 to 1.00:00:00, written hh:mm:ss.",
            "Watch__Parallel is '65': a whole number from 1 to 64.",
            "Read__Lead is '01:00:01': a span from 00:00:00 to 01:00:00, written hh:mm:ss.",
        ]);
    }

    [Fact]
    public void A_password_is_never_in_a_message()
    {
        var settings = Least;
        settings["Exchange:Account"] = "";
        Complaints(settings).ShouldHaveSingleItem().ShouldNotContain("not a secret");
    }

    [Theory]
    [InlineData("Watch:Parallel", "1")]
    [InlineData("Watch:Parallel", "64")]
    [InlineData("Watch:Coalesce", "00:00:00")]
    [InlineData("Watch:Coalesce", "00:01:00")]
    [InlineData("Watch:Sweep", "1.00:00:00")]
    [InlineData("Watch:AutomaticReplies", "00:00:01")]
    [InlineData("Read:Lead", "01:00:00")]
    [InlineData("Exchange:Url", "http://127.0.0.1:8080/EWS/Exchange.asmx")]
    public void A_bound_is_within_what_is_right(string name, string value) =>
        Should.NotThrow(() => Read(new Dictionary<string, string?>(Least) { [name] = value }));

    [Theory]
    [InlineData("Watch:Parallel", "0")]
    [InlineData("Watch:Parallel", "8.5")]
    [InlineData("Watch:Parallel", "")]
    [InlineData("Watch:Coalesce", "-00:00:01")]
    [InlineData("Watch:AutomaticReplies", "4")]
    [InlineData("Exchange:Url", "file:///etc/passwd")]
    [InlineData("Exchange:Url", "/EWS/Exchange.asmx")]
    [InlineData("Keys:File", " ")]
    public void What_is_outside_the_bounds_is_refused(string name, string value) =>
        Complaints(new Dictionary<string, string?>(Least) { [name] = value })
            .ShouldHaveSingleItem()
            .ShouldStartWith(name.Replace(":", "__", StringComparison.Ordinal));

    private static string[] Complaints(Dictionary<string, string?> settings) =>
        Should.Throw<SettingsException>(() => Read(settings)).Message.Split(Environment.NewLine);

    private static Settings Read(Dictionary<string, string?> settings) =>
        Settings.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
}
