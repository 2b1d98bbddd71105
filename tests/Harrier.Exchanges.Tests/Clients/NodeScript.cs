using System.Diagnostics;
using System.Text.Json;

namespace Harrier.Exchanges.Tests.Clients;

/// <summary>Runs a script of real clients in node; its last line of output is its result, as JSON.</summary>
public static class NodeScript
{
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(3);

    /// <summary>Skips the test, loudly, on a machine without node or without the clients; in continuous integration that is a failure.</summary>
    public static void Require()
    {
        string? reason = FindNode() is null ? "node is not on the PATH"
            : Directory.Exists(Path.Combine(Root(), "artifacts", "node_modules", "ccxt")) ? null
            : "the clients are not installed: ./harrier test does it with npm ci";
        if (reason is null)
        {
            return;
        }

        if (Environment.GetEnvironmentVariable("HARRIER_TEST_REAL") == "1")
        {
            Assert.Fail(reason);
        }

        Assert.Skip(reason);
    }

    /// <summary>Runs a script and returns what it printed.</summary>
    /// <param name="script">File under <c>Clients/Scripts</c>.</param>
    /// <param name="settings">What it is told, as one JSON argument.</param>
    /// <param name="onRequest">Hears the words of lines that begin with <c>#</c>: what the script wants done to the exchange.</param>
    public static async Task<JsonElement> RunAsync(string script, object settings, Action<string> onRequest)
    {
        Require();
        ProcessStartInfo start = new(FindNode() ?? "node")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Clients", "Scripts", script));
        start.ArgumentList.Add(JsonSerializer.Serialize(settings));
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("node did not start");
        Task<string> output = ReadAsync(process.StandardOutput, onRequest);
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        try
        {
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(_limit, TimeProvider.System);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }

        string text = await output;
        process.ExitCode.ShouldBe(0, $"{script}: {await errors}\n{text}");
        using JsonDocument document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    private static async Task<string> ReadAsync(StreamReader output, Action<string> onRequest)
    {
        string last = "";
        while (await output.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith('#'))
            {
                onRequest(line[1..]);
            }
            else if (line.Length > 0)
            {
                last = line;
            }
        }

        return last;
    }

    private static string? FindNode()
    {
        string name = OperatingSystem.IsWindows() ? "node.exe" : "node";
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Harrier.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? AppContext.BaseDirectory;
    }
}
