using System.CommandLine;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Harrier.Api.Hosting;
using Harrier.Api.Security;
using Harrier.Cli.Verbs;
using Harrier.Tests.Cli.Verbs;
using Harrier.Tests.Support;

namespace Harrier.Tests.Api.Security;

/// <summary>What others can reach speaks TLS, or is not served.</summary>
public sealed class ListeningRuleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("0.0.0.0", false, false, true)]
    [InlineData("::", false, false, true)]
    [InlineData("192.0.2.7", false, false, true)]
    [InlineData("127.0.0.1", false, false, false)]
    [InlineData("::1", false, false, false)]
    [InlineData("0.0.0.0", true, false, false)]
    [InlineData("0.0.0.0", false, true, false)]
    public void IsRefused_OnlyWhereOthersReachWhatIsInClearText(string bind, bool hasProxy, bool hasCertificate, bool expected)
    {
        using X509Certificate2? certificate = hasCertificate ? Certificate() : null;
        ApiOptions options = new() { Version = "test", Bind = IPAddress.Parse(bind), Proxies = hasProxy ? [IPNetwork.Parse("10.0.0.0/8")] : [], Certificate = certificate };

        ListeningRule.IsRefused(options).ShouldBe(expected);
    }

    [Fact]
    public async Task StartAsync_OnAnAddressThatOthersReach_StartsNothing()
    {
        ArgumentException refused = await Should.ThrowAsync<ArgumentException>(() => ApiScene.StartAsync(static options => options with { Bind = IPAddress.Any }));

        refused.Message.ShouldStartWith("bind: 0.0.0.0: a loopback address such as 127.0.0.1; any other needs TLS: --tls-cert and --tls-key, or --behind-proxy");
    }

    [Fact]
    public async Task Get_WithACertificate_SpeaksTlsWithItAndNothingElse()
    {
        using X509Certificate2 certificate = Certificate();
        await using ApiScene scene = await ApiScene.StartAsync(options => options with { Certificate = certificate });
        string? seen = null;
        using HttpClientHandler handler = new()
        {
            CheckCertificateRevocationList = true,
            ServerCertificateCustomValidationCallback = (_, shown, _, _) => (seen = shown?.Thumbprint) is not null,
        };
        using HttpClient http = new(handler);

        scene.Address.Scheme.ShouldBe("https");
        using HttpResponseMessage response = await http.GetAsync(new Uri(scene.Address, "/health"), TestContext.Current.CancellationToken);

        (response.StatusCode, seen).ShouldBe((HttpStatusCode.OK, certificate.Thumbprint));
        response.Headers.GetValues("Strict-Transport-Security").ShouldBe(["max-age=31536000"]);
        UriBuilder plain = new(scene.Address) { Scheme = "http" };
        await Should.ThrowAsync<HttpRequestException>(() => http.GetAsync(plain.Uri, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Read_CertificateAndKeyInFiles_GivesBothInOne()
    {
        using X509Certificate2 made = Certificate();
        (string certificate, string key) = Files(made);

        using X509Certificate2? read = ListeningRule.Read(certificate, key, out (string Field, string Value, string Allowed)? fault);

        (read?.Thumbprint, read?.HasPrivateKey, fault).ShouldBe((made.Thumbprint, true, null));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.GroupRead);
            ListeningRule.Read(certificate, key, out fault).ShouldBeNull();
            fault!.Value.Field.ShouldBe("tls-key");
        }
    }

    [Theory]
    [InlineData("error: bind: 0.0.0.0: a loopback address", "--bind", "0.0.0.0")]
    [InlineData("error: tls-key: none given: a file in PEM", "--tls-cert", "c.pem")]
    [InlineData("error: tls-cert: none given: a file in PEM", "--tls-key", "k.pem")]
    [InlineData("error: tls-cert: c.pem: a certificate in PEM", "--tls-cert", "c.pem", "--tls-key", "k.pem")]
    public void Options_ThatWouldServeInClearText_AreRefusedWithTheWayOut(string expected, params string[] arguments)
    {
        VerbRun run = VerbRun.Of(ConfigVerb.Create(new Option<bool>("--verbose")), ["check", "--home", _folder.Path, .. arguments]);

        run.ExitCode.ShouldBe(2);
        run.Errors.ShouldStartWith(expected);
    }

    [Fact]
    public void Options_WithAProxyOrACertificate_AreTaken()
    {
        using X509Certificate2 made = Certificate();
        (string certificate, string key) = Files(made);

        foreach (string[] way in (string[][])[["--behind-proxy", "10.0.0.1"], ["--tls-cert", certificate, "--tls-key", key]])
        {
            VerbRun run = VerbRun.Of(ConfigVerb.Create(new Option<bool>("--verbose")), ["check", "--home", _folder.Path, "--bind", "0.0.0.0", .. way]);
            (run.ExitCode, run.Errors).ShouldBe((0, ""));
        }
    }

    private (string Certificate, string Key) Files(X509Certificate2 made)
    {
        string certificate = _folder.Write("c.pem", made.ExportCertificatePem());
        string key = _folder.Write("k.pem", made.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem());
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return (certificate, key);
    }

    private static X509Certificate2 Certificate()
    {
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        DateTimeOffset from = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return request.CreateSelfSigned(from, from + TimeSpan.FromDays(36500));
    }
}
