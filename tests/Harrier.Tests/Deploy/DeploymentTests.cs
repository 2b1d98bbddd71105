using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Harrier.Api.Hosting;
using Harrier.Cli.Verbs;
using Harrier.Tests.Api;
using Harrier.Tests.Cli.Verbs;
using Harrier.Tests.Support;

namespace Harrier.Tests.Deploy;

/// <summary>The files of a deployment agree with the program and with each other, and the tools that read them take them.</summary>
public sealed class DeploymentTests : IDisposable
{
    private static readonly string Port = new ApiOptions { Version = "" }.Port.ToString(CultureInfo.InvariantCulture);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Compose_Services_AreOpenToThisMachineAloneOnThePortsOfTheGuide()
    {
        Dictionary<object, object> services = Deployment.Yaml("docker-compose.yml").Child("services");

        services.Keys.Cast<string>().ShouldBe(["harrier", "postgres", "prometheus", "grafana"]);
        services.Child("harrier").Texts("ports").ShouldBe([$"127.0.0.1:8000:{Port}"]);
        services.Child("prometheus").Texts("ports").ShouldBe(["127.0.0.1:9090:9090"]);
        services.Child("grafana").Texts("ports").ShouldBe(["127.0.0.1:3001:3000"]);
        services.Child("postgres").ContainsKey("ports").ShouldBeFalse();
        services.Child("postgres")["image"].ShouldBe("postgres:15");
    }

    [Fact]
    public void Compose_MountedFiles_AreThereOrMadeByTheGuide()
    {
        string guide = Deployment.Read("docs/deployment.md");
        string[] mounted = [.. Deployment.Yaml("docker-compose.yml").Child("services").Values.Cast<Dictionary<object, object>>()
            .SelectMany(static service => service.Texts("volumes")).Where(static volume => volume.StartsWith("./", StringComparison.Ordinal)).Select(static volume => volume.Split(':')[0][2..])];

        mounted.Length.ShouldBeGreaterThan(6);
        mounted.Where(path => !Path.Exists(Path.Combine(Deployment.Root, path))).ShouldBe(["deploy/compose/scrape-token"]);
        guide.ShouldContain("deploy/compose/scrape-token");
    }

    [Fact]
    public void Compose_Secrets_AreNotInTheFile()
    {
        string text = Deployment.Read("docker-compose.yml");

        text.Split('\n').Where(static line => line.Contains("PASSWORD", StringComparison.Ordinal)).ShouldAllBe(static line => line.Contains("PASSWORD:?in .env}", StringComparison.Ordinal));
    }

    [Fact]
    public void Compose_Command_IsOneThatTheProgramTakes()
    {
        Dictionary<object, object> harrier = Deployment.Yaml("docker-compose.yml").Child("services").Child("harrier");
        string[] command = harrier.Texts("command");
        string config = Path.Combine(Deployment.Root, "deploy/compose/run.json");

        command[..2].ShouldBe(["run", "--config"]);
        command[Array.IndexOf(command, "--port") + 1].ShouldBe(Port);
        string[] arguments = ["check", .. command[1..].Select(one => one == "/etc/harrier/run.json" ? config : one == "/var/lib/harrier" ? _folder.Path : one)];
        VerbRun run = VerbRun.Of(ConfigVerb.Create(new Option<bool>("--verbose")), arguments);
        (run.ExitCode, run.Errors).ShouldBe((0, ""));
        harrier.Texts("volumes").ShouldContain("./deploy/compose/run.json:/etc/harrier/run.json:ro");
    }

    [Fact]
    public void Prometheus_OfCompose_AsksTheServiceByItsNameWithItsToken()
    {
        Dictionary<object, object> services = Deployment.Yaml("docker-compose.yml").Child("services");
        Dictionary<object, object> scrape = (Dictionary<object, object>)((List<object>)Deployment.Yaml("deploy/compose/prometheus.yml")["scrape_configs"])[0];

        string token = (string)scrape.Child("authorization")["credentials_file"];
        services.Child("prometheus").Texts("volumes").ShouldContain($"./deploy/compose/scrape-token:{token}:ro");
        ((Dictionary<object, object>)((List<object>)scrape["static_configs"])[0]).Texts("targets").ShouldBe([$"harrier:{Port}"]);
        string[] command = services.Child("harrier").Texts("command");
        command[Array.IndexOf(command, "--allow-host") + 1].ShouldBe("harrier");
    }

    [Fact]
    public void Prometheus_OfCompose_IsTakenByItsTool()
    {
        PrometheusServer.Require();
        string token = _folder.Write("scrape-token", "t");
        string config = _folder.Write("prometheus.yml", Deployment.Read("deploy/compose/prometheus.yml")
            .Replace("/etc/prometheus/scrape-token", token, StringComparison.Ordinal)
            .Replace("/etc/prometheus/harrier.rules.yml", Path.Combine(Deployment.Root, "deploy/prometheus/harrier.rules.yml"), StringComparison.Ordinal));

        (int code, string said) = PrometheusServer.Tool("", "check", "config", config);
        code.ShouldBe(0, said);
    }

    [Fact]
    public void Grafana_OfCompose_HasTheSourceThatTheDashboardsName()
    {
        Dictionary<object, object> source = (Dictionary<object, object>)((List<object>)Deployment.Yaml("deploy/compose/grafana-datasource.yml")["datasources"])[0];
        Dictionary<object, object> native = (Dictionary<object, object>)((List<object>)Deployment.Yaml("deploy/grafana/provisioning/datasources/prometheus.yml")["datasources"])[0];

        source["url"].ShouldBe("http://prometheus:9090");
        source["uid"].ShouldBe(native["uid"]);
        Dictionary<object, object> provider = (Dictionary<object, object>)((List<object>)Deployment.Yaml("deploy/grafana/provisioning/dashboards/harrier.yml")["providers"])[0];
        string folder = (string)provider.Child("options")["path"];
        Deployment.Yaml("docker-compose.yml").Child("services").Child("grafana").Texts("volumes").ShouldContain($"./deploy/grafana/dashboards:{folder}:ro");
    }

    [Fact]
    public void Image_RunsAsNobodyInParticularAndKeepsItsStateInAVolume()
    {
        string[] lines = Deployment.Read("Dockerfile").Split('\n');

        int user = Array.IndexOf(lines, "USER $APP_UID");
        int start = Array.FindIndex(lines, static line => line.StartsWith("ENTRYPOINT", StringComparison.Ordinal));
        user.ShouldBeInRange(0, start);
        lines.Count(static line => line.StartsWith("FROM ", StringComparison.Ordinal)).ShouldBe(2);
        lines.ShouldContain("VOLUME /var/lib/harrier");
        lines.ShouldContain($"EXPOSE {Port}");
        string entry = lines[start]["ENTRYPOINT ".Length..];
        JsonSerializer.Deserialize<string[]>(entry).ShouldBe(["dotnet", "/app/harrier.dll"]);
        string wanted = JsonDocument.Parse(Deployment.Read("global.json")).RootElement.GetProperty("sdk").GetProperty("version").GetString()!;
        lines.ShouldContain($"FROM mcr.microsoft.com/dotnet/sdk:{wanted[..wanted.IndexOf('.', StringComparison.Ordinal)]}.0 AS build");
    }

    [Fact]
    public async Task Image_HealthCheck_KnowsAServiceThatIsWellFromOneThatIsAway()
    {
        string check = Deployment.Read("Dockerfile").Split("CMD [\"bash\"")[1].Split('\n')[0];
        string script = JsonSerializer.Deserialize<string[]>("[\"bash\"" + check)![2];
        await using ApiScene scene = await ApiScene.StartAsync();

        Check(scene.Address.Port).ShouldBe(0);
        Check(Harrier.Tests.Hosting.Notifications.Messages.DeadPort()).ShouldNotBe(0);
        scene.Running.Status = ApiScene.Account(Harrier.Hosting.Bots.BotState.Error);
        Check(scene.Address.Port).ShouldNotBe(0);

        int Check(int port) => Deployment.Tool("bash", "-c", script.Replace($"/{Port};", string.Create(CultureInfo.InvariantCulture, $"/{port};"), StringComparison.Ordinal)).Code;
    }

    [Fact]
    public void Unit_IsTakenBySystemd()
    {
        string unit = Deployment.Read("deploy/systemd/harrier.service");
        unit.ShouldContain("\nRestartPreventExitStatus=" + Harrier.Cli.BadInput.ExitCode.ToString(CultureInfo.InvariantCulture) + "\n");
        unit.ShouldContain("\nRestart=on-failure\n");

        // The program and its user are not on this machine.
        string copy = _folder.Write("harrier.service", unit.Replace("/usr/bin/dotnet", "/bin/true", StringComparison.Ordinal));
        (int code, string said) = Deployment.Tool("systemd-analyze", "verify", "--man=no", copy);

        said.Split('\n').Where(static line => line.Contains("harrier.service", StringComparison.Ordinal)).ShouldBeEmpty();
        code.ShouldBe(0, said);
    }

    [Fact]
    public void Unit_IsShutByMostMeans()
    {
        string copy = _folder.Write("harrier.service", Deployment.Read("deploy/systemd/harrier.service").Replace("/usr/bin/dotnet", "/bin/true", StringComparison.Ordinal));

        // 0 is shut, 10 is open; systemd calls up to 2 OK.
        (int code, string said) = Deployment.Tool("systemd-analyze", "security", "--offline=true", "--threshold=25", "--no-pager", copy);
        code.ShouldBe(0, said);
    }

    [Fact]
    public void Proxy_IsTakenByNginx()
    {
        string pem = _folder.Write("c.pem", Certificate());
        string conf = Deployment.Read("deploy/nginx/harrier.conf")
            .Replace("/etc/letsencrypt/live/bots.example.org/fullchain.pem", pem, StringComparison.Ordinal)
            .Replace("/etc/letsencrypt/live/bots.example.org/privkey.pem", pem, StringComparison.Ordinal);
        string whole = _folder.Write("nginx.conf", $$"""
            pid {{_folder.Path}}/pid;
            error_log stderr;
            events { }
            http { access_log off; client_body_temp_path {{_folder.Path}}/a; proxy_temp_path {{_folder.Path}}/b; fastcgi_temp_path {{_folder.Path}}/c; uwsgi_temp_path {{_folder.Path}}/d; scgi_temp_path {{_folder.Path}}/e;
            {{conf}}
            }
            """);

        (int code, string said) = Deployment.Tool("nginx", "-t", "-q", "-c", whole, "-p", _folder.Path);
        code.ShouldBe(0, said);
        conf.ShouldContain($"proxy_pass http://127.0.0.1:{Port};");
    }

    private static string Certificate()
    {
        using System.Security.Cryptography.RSA key = System.Security.Cryptography.RSA.Create(2048);
        System.Security.Cryptography.X509Certificates.CertificateRequest request = new(
            "CN=bots.example.org", key, System.Security.Cryptography.HashAlgorithmName.SHA256, System.Security.Cryptography.RSASignaturePadding.Pkcs1);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        using System.Security.Cryptography.X509Certificates.X509Certificate2 certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem();
    }
}
