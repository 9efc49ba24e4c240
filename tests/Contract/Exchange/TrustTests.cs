using HybridCalendar.Adapters.Exchange;
using HybridCalendar.Adapters.Exchange.Accounts;

namespace HybridCalendar.Contract.Exchange;

/// <summary>
/// No proof is sent to a server whose certificate is not in order, and why is told in a word.
/// </summary>
public sealed class TrustTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("good", null)]
    [InlineData("expired", "certificate-expired")]
    [InlineData("wrong-name", "certificate-name")]
    [InlineData("other-authority", "certificate-not-trusted")]
    public async Task a_certificate_must_be_in_its_time_for_the_host_and_from_a_trusted_authority(
        string certificate, string? code)
    {
        await using var lab = await SecureLab.Start("basic", $"--Lab:Certificate={certificate}");
        var client = lab.Client(Authentication.Basic);
        if (code is null)
        {
            await lab.AskWell(client);
            return;
        }

        (await lab.AskInVain(client)).ShouldBe(code);
        (await lab.SignIns()).GetProperty("accepted").EnumerateObject().ShouldBeEmpty();
    }

    [Fact]
    public async Task the_systems_authorities_do_not_include_the_labs()
    {
        await using var lab = await SecureLab.Start("basic");
        var client = lab.Client(
            Authentication.Basic, settings => settings with { CertificateAuthorities = null });
        (await lab.AskInVain(client)).ShouldBe("certificate-not-trusted");
    }

    [Fact]
    public async Task a_file_may_hold_several_authorities()
    {
        await using var other = await SecureLab.Start("basic");
        await using var lab = await SecureLab.Start("basic");
        var both = await File.ReadAllTextAsync(other.Authorities, Cancellation)
            + await File.ReadAllTextAsync(lab.Authorities, Cancellation);
        await File.WriteAllTextAsync(lab.Authorities, both, Cancellation);
        await lab.AskWell(lab.Client(Authentication.Basic));
    }

    [Fact]
    public async Task whether_a_certificate_was_revoked_may_stay_unknown()
    {
        await using var lab = await SecureLab.Start("basic");
        await lab.AskWell(
            lab.Client(Authentication.Basic, settings => settings with { CheckRevocation = true }));
    }

    [Fact]
    public async Task a_watch_tells_it_too()
    {
        await using var lab = await SecureLab.Start("basic", "--Lab:Certificate=wrong-name");
        await using var watch = lab.Client(Authentication.Basic).Watch([lab.Mailbox], Cancellation)
            .GetAsyncEnumerator(Cancellation);
        (await watch.Until<CalendarSignal.Interrupted>()).Reason.ShouldBe("certificate-name");
    }

    [Fact]
    public async Task nothing_older_than_tls_1_2_is_spoken()
    {
        await using var lab = await SecureLab.Start("basic", "--Lab:Tls=1.1");
        (await lab.AskInVain(lab.Client(Authentication.Basic))).ShouldBe("tls-failed");
        await using var newer = await SecureLab.Start("basic", "--Lab:Tls=1.2");
        await newer.AskWell(newer.Client(Authentication.Basic));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Not a certificate.")]
    [InlineData("-----BEGIN CERTIFICATE-----\nbm8=\n-----END CERTIFICATE-----\n")]
    public async Task a_file_that_holds_no_authority_is_told_before_anything_is_sent(string? content)
    {
        var file = Path.GetTempFileName();
        File.Delete(file);
        if (content is not null)
        {
            await File.WriteAllTextAsync(file, content, Cancellation);
        }

        Should.Throw<ArgumentException>(() => new EwsCalendars(new ExchangeSettings
        {
            Url = new Uri("https://mail.example/EWS/Exchange.asmx"),
            Account = "a",
            Password = "p",
            CertificateAuthorities = file,
        })).Message.ShouldContain(file);
        File.Delete(file);
    }
}
