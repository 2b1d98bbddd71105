using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace Harrier.Tests.Support;

/// <summary>A real Prometheus on loopback that scrapes one address, and its tool.</summary>
internal sealed class PrometheusServer : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new();
    private readonly Process _process;
    private readonly Uri _address;

    /// <summary>Starts it.</summary>
    /// <param name="target">What is scraped, five times a second.</param>
    /// <param name="rules">File of alert rules.</param>
    public PrometheusServer(Uri target, string rules)
    {
        string config = Path.Combine(_folder.Path, "prometheus.yml");
        File.WriteAllText(config, $$"""
            global: { scrape_interval: 200ms, scrape_timeout: 200ms, evaluation_interval: 1s }
            rule_files: [ "{{rules}}" ]
            scrape_configs:
              - job_name: abtpro-backend
                static_configs: [ { targets: [ "{{target.Authority}}" ] } ]
            """);
        int port;
        using (TcpListener free = new(IPAddress.Loopback, 0))
        {
            free.Start();
            port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        _address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        ProcessStartInfo start = new("prometheus")
        {
            ArgumentList =
            {
                "--config.file=" + config, "--storage.tsdb.path=" + Path.Combine(_folder.Path, "data"), "--web.listen-address=" + _address.Authority, "--log.level=error",
            },
        };
        _process = Process.Start(start) ?? throw new InvalidOperationException("prometheus");
    }

    /// <summary>Skips the test, loudly, on a machine without Prometheus; in continuous integration that is a failure.</summary>
    public static void Require()
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (Array.Exists(folders, static folder => File.Exists(Path.Combine(folder, "prometheus"))))
        {
            return;
        }

        const string Reason = "Prometheus is not installed: apt-get install prometheus";
        if (Environment.GetEnvironmentVariable("HARRIER_TEST_REAL") == "1")
        {
            Assert.Fail(Reason);
        }

        Assert.Skip(Reason);
    }

    /// <summary>Runs the tool that comes with it.</summary>
    /// <returns>Its exit code and all it said.</returns>
    public static (int Code, string Said) Tool(string input, params string[] arguments)
    {
        ProcessStartInfo start = new("promtool", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("promtool");
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string said = process.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
        process.WaitForExit();
        return (process.ExitCode, said);
    }

    /// <summary>Asks a question.</summary>
    /// <returns>The values of the answer; none when nothing is known, and while it starts.</returns>
    public async Task<double[]> AskAsync(string query)
    {
        try
        {
            using JsonDocument answer = JsonDocument.Parse(await _http.GetStringAsync(new Uri(_address, "/api/v1/query?query=" + Uri.EscapeDataString(query)), TestContext.Current.CancellationToken));
            return [.. answer.RootElement.GetProperty("data").GetProperty("result").EnumerateArray()
                .Select(static one => double.Parse(one.GetProperty("value")[1].GetString()!.Replace("Inf", "Infinity", StringComparison.Ordinal), CultureInfo.InvariantCulture))];
        }
        catch (HttpRequestException) when (!_process.HasExited)
        {
            return [];
        }
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _http.Dispose();
        _folder.Dispose();
    }
}
