using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Harrier.Cli.Doctor;
using Harrier.Cli.Verbs;
using Harrier.Tests.Hosting.Notifications;
using Harrier.Tests.Support;

namespace Harrier.Tests.Cli.Verbs;

/// <summary>The verb on real folders, ports and sockets: a well home is well, and each thing that is wrong is named with what to do.</summary>
public sealed class DoctorVerbTests : IDisposable
{
    private const string Bots = """[ { "name": "b", "strategy": "RSI_CROSS", "symbol": "BTCUSDT" } ]""";

    private readonly TemporaryFolder _folder = new();

    private string Home => Path.Combine(_folder.Path, "home");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_NewHome_IsWellAndNothingIsMade()
    {
        VerbRun run = Doctor("--json");

        run.ExitCode.ShouldBe(0, run.Output);
        JsonElement[] findings = [.. JsonDocument.Parse(run.Output).RootElement.EnumerateArray()];
        findings.Select(static one => one.GetProperty("subject").GetString()).ShouldBe(["configuration", "home", "disk", "memory", .. (string[])(OperatingSystem.IsLinux() ? ["open files"] : []), "run", "port", "database", .. findings.Where(static one => one.GetProperty("subject").GetString()!.StartsWith("exchange ", StringComparison.Ordinal)).Select(static one => one.GetProperty("subject").GetString()), "clock"]);
        findings.ShouldAllBe(static one => one.GetProperty("health").GetString() != "fault");
        Directory.Exists(Home).ShouldBeFalse();
    }

    [Fact]
    public void Run_OpenHomeAndOpenTokens_AreFaults()
    {
        Directory.CreateDirectory(Home);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Home, (UnixFileMode)0x1FF);
        }

        File.WriteAllText(Path.Combine(Home, "tokens.json"), "[]");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path.Combine(Home, "tokens.json"), (UnixFileMode)0x1A4);
        }

        VerbRun run = Doctor();

        run.ExitCode.ShouldBe(1);
        run.Lines.ShouldContain($"fault    permissions: {Home} has mode 0777: others may write it");
        run.Lines.ShouldContain($"         -> chmod 700 {Home}");
        run.Lines.ShouldContain($"fault    secrets: {Home}/tokens.json has mode 0644");
    }

    [Fact]
    public void Run_PortTakenAndChannelAway_AreWarnings()
    {
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        string secret = _folder.Write("s", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(secret, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        int dead = Messages.DeadPort();
        string config = Config($$""", "notifications": { "channels": [ { "name": "hook", "kind": "webhook", "url": "http://127.0.0.1:{{dead}}/canary", "secret": "file:{{secret}}" } ] }""");

        VerbRun run = Run("--home", Home, "--config", config, "--port", ((IPEndPoint)taken.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture));

        run.ExitCode.ShouldBe(0, run.Output);
        run.Lines.ShouldContain(line => line.StartsWith("warning  port: 127.0.0.1:", StringComparison.Ordinal) && line.EndsWith("AddressAlreadyInUse", StringComparison.Ordinal));
        run.Lines.ShouldContain($"warning  channel hook: 127.0.0.1:{dead} is not reached: ConnectionRefused");
        run.Lines.ShouldContain($"ok       secrets: {secret} has mode 0600");
        run.Output.ShouldNotContain("canary");
    }

    [Fact]
    public void Run_ExchangeAndDatabaseAway_AreFaults()
    {
        int dead = Messages.DeadPort();
        string config = Config($$""", "records": "Host=127.0.0.1;Port={{dead}};Username=me;Password=canary;Timeout=2" """, $", \"endpoint\": \"http://127.0.0.1:{dead}\"");

        VerbRun run = Run("--home", Home, "--config", config, "--port", "0");

        run.ExitCode.ShouldBe(1);
        run.Lines.ShouldContain(line => line.StartsWith("fault    database: ", StringComparison.Ordinal));
        run.Lines.ShouldContain(line => line.StartsWith("fault    exchange ", StringComparison.Ordinal) && line.Contains($"http://127.0.0.1:{dead} does not answer", StringComparison.Ordinal));
        run.Output.ShouldNotContain("canary");
    }

    [Fact]
    public void Run_ConfigurationThatIsNone_IsBadInput()
    {
        VerbRun run = Run("--home", Home, "--config", _folder.Write("run.json", """{ "accounts": [] }"""));

        (run.ExitCode, run.Output).ShouldBe((2, ""));
        run.ErrorLines.ShouldHaveSingleItem().ShouldStartWith("error: ");
    }

    [Theory]
    [InlineData(0, "Fault")]
    [InlineData(268_435_455, "Fault")]
    [InlineData(268_435_456, "Warning")]
    [InlineData(2_147_483_647, "Warning")]
    [InlineData(2_147_483_648, "Ok")]
    public void Room_LessAndLess_GrowsWorse(long free, string health) => HomeChecks.Room("/x", free).Health.ToString().ShouldBe(health);

    private string Config(string also, string account = "") => _folder.Write("run.json", $$"""
        { "accounts": [ { "name": "a", "venue": "{{Harrier.Cli.VenueAliases.Known[0]}}"{{account}}, "bots": {{Bots}} } ]{{also}} }
        """);

    private VerbRun Doctor(params string[] also) => Run(["--home", Home, "--port", "0", .. also]);

    private static VerbRun Run(params string[] arguments) => VerbRun.Of(DoctorVerb.Create(new Option<bool>("--verbose")), arguments);
}
