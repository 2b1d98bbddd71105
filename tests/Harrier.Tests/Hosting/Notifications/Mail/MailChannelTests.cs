using System.Text;
using Harrier.Hosting.Notifications;
using Harrier.Hosting.Notifications.Mail;
using Harrier.Hosting.Notifications.Settings;
using Harrier.Tests.Support;

namespace Harrier.Tests.Hosting.Notifications.Mail;

/// <summary>Mail over a real connection, with real encryption: the whole conversation, and what is not said when something is wrong.</summary>
public sealed class MailChannelTests : IDisposable
{
    // The words of the conversation by hand: NUL user NUL password, user, password.
    private const string Plain = "AG1lAGNhbmFyeQ==";
    private const string User = "bWU=";
    private const string Password = "Y2FuYXJ5";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task SendAsync_StartTls_SignsInAndSendsUnderEncryption()
    {
        await using SmtpStand stand = new();

        (await SendAsync(stand)).ShouldBe(Delivery.Done);

        string[] heard = await HeardUntilAsync(stand, "tls QUIT");
        heard[..7].ShouldBe(["EHLO [127.0.0.1]", "STARTTLS", "tls EHLO [127.0.0.1]", "tls AUTH PLAIN " + Plain, "tls MAIL FROM:<bot@example.org>", "tls RCPT TO:<a@example.org>", "tls RCPT TO:<b@example.org>"]);
        heard[7].ShouldBe("tls DATA");
        heard[^2..].ShouldBe(["tls .", "tls QUIT"]);
        string[] mail = [.. heard[8..^2].Select(static line => line[4..])];
        mail[..3].ShouldBe(["From: bot@example.org", "To: a@example.org, b@example.org", "Subject: [harrier] x: gain"]);
        mail[3].ShouldStartWith("Date: ");
        mail[4..10].ShouldBe(["Message-ID: <r-1@example.org>", "Auto-Submitted: auto-generated", "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64", ""]);
        Encoding.UTF8.GetString(Convert.FromBase64String(string.Concat(mail[10..]))).ShouldBe("x: gain\r\n");
    }

    [Fact]
    public async Task SendAsync_TlsFromTheFirstByte_SaysNothingInClearText()
    {
        await using SmtpStand stand = new() { IsEncrypted = true, Offers = ["AUTH LOGIN"] };

        (await SendAsync(stand, static settings => settings with { Security = MailSecurity.Tls })).ShouldBe(Delivery.Done);

        stand.Heard.ShouldAllBe(static line => line.StartsWith("tls ", StringComparison.Ordinal));
        stand.Heard.Skip(1).Take(3).ShouldBe(["tls AUTH LOGIN", "tls " + User, "tls " + Password]);
    }

    [Fact]
    public async Task SendAsync_ServerHidesStartTls_DoesNotGoOn()
    {
        await using SmtpStand stand = new() { Offers = ["AUTH PLAIN"] };

        (await SendAsync(stand)).ShouldBe(Delivery.Refused("the server does not offer STARTTLS"));

        stand.Heard.ShouldBe(["EHLO [127.0.0.1]"]);
    }

    [Fact]
    public async Task SendAsync_WordsSlippedInBeforeEncryption_AreNotTaken()
    {
        await using SmtpStand stand = new();
        stand.Instead["STARTTLS"] = "220 go ahead\r\n250 slipped in";

        (await SendAsync(stand)).ShouldBe(Delivery.Refused("the server went on in clear text after STARTTLS"));
    }

    [Fact]
    public async Task SendAsync_CertificateOfNobody_DoesNotSignIn()
    {
        await using SmtpStand stand = new();

        (await SendAsync(stand, static settings => settings with { TrustedCertificates = null })).ShouldBe(Delivery.Refused("the server's certificate is not trusted, or is not for its name"));

        stand.Heard.ShouldBe(["EHLO [127.0.0.1]", "STARTTLS"]);
    }

    [Theory]
    [InlineData("AUTH", "535 5.7.8 no", "the server refuses user and password: 535 5.7.8 no", true)]
    [InlineData("AUTH", "454 later", "the server refuses user and password: 454 later", false)]
    [InlineData("MAIL", "550 not you", "the server refuses the sender: 550 not you", true)]
    [InlineData("RCPT TO:<b", "452 full", "the server refuses a receiver: 452 full", false)]
    [InlineData(".", "451 try again", "the server refuses the mail: 451 try again", false)]
    [InlineData("DATA", "nonsense", "the server does not speak SMTP", false)]
    [InlineData("EHLO", "502 what?", "the server refuses the greeting: 502 what?", true)]
    [InlineData("", "421 busy", "the server refuses the connection: 421 busy", false)]
    public async Task SendAsync_Refused_SaysWhatAndWhetherAgainMayHelp(string line, string answer, string reason, bool isFinal)
    {
        await using SmtpStand stand = new();
        stand.Instead[line] = answer;

        (await SendAsync(stand)).ShouldBe(new Delivery(false, reason, isFinal));
    }

    [Fact]
    public async Task SendAsync_ServerAway_SaysSo()
    {
        MailSettings settings = Settings(Messages.DeadPort()) with { Host = "127.0.0.1" };
        using MailChannel channel = new(settings, TimeProvider.System);

        (await channel.SendAsync(Messages.Of("gain"), TestContext.Current.CancellationToken)).ShouldBe(Delivery.Failed("not reached: ConnectionRefused"));
        settings.ToString().ShouldNotContain("canary");
    }

    // The last word is sent, and not waited for.
    private static async Task<string[]> HeardUntilAsync(SmtpStand stand, string last)
    {
        await Eventually.Holds(() => stand.Heard.Contains(last), last);
        return [.. stand.Heard];
    }

    private static MailSettings Settings(int port) => new()
    {
        Name = "mail",
        Kinds = [],
        PerMinute = 4,
        Host = "localhost",
        Port = port,
        User = "me",
        Password = Messages.Hidden("canary"),
        From = "bot@example.org",
        To = ["a@example.org", "b@example.org"],
    };

    private async Task<Delivery> SendAsync(SmtpStand stand, Func<MailSettings, MailSettings>? also = null)
    {
        MailSettings settings = Settings(stand.Port) with { TrustedCertificates = _folder.Write("trusted.pem", stand.Pem) };
        using MailChannel channel = new(also?.Invoke(settings) ?? settings, TimeProvider.System);
        return await channel.SendAsync(Messages.Of("gain"), TestContext.Current.CancellationToken);
    }
}
