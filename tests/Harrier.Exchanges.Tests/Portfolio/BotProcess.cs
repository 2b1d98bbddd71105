using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Harrier.Cli.Verbs;
using Harrier.Exchanges.Tests.Support;

namespace Harrier.Exchanges.Tests.Portfolio;

/// <summary><c>runbot</c> in a process of its own, which a test may kill.</summary>
internal sealed class BotProcess : IAsyncDisposable
{
    private const string Variable = "HARRIER_TEST_RUNBOT";

    // A runtime has to start, and on a busy machine several do at once.
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly Lock _gate = new();
    private readonly Task _reading;

    private BotProcess(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
    }

    /// <summary>The arguments, where this process is meant to be one.</summary>
    public static string[]? Asked => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text ? JsonSerializer.Deserialize<string[]>(text) : null;

    public static Task<int> RunAsync(string[] command) => new RootCommand { RunbotVerb.Create(new Option<bool>("--verbose")) }.Parse(command).InvokeAsync();

    public static BotProcess Start(params string[] command)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "Harrier.Exchanges.Tests.dll")]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[Variable] = JsonSerializer.Serialize(command.Prepend("runbot"));
        return new BotProcess(Process.Start(start)!);
    }

    /// <summary>Waits until it has told of so many steps of decisions.</summary>
    public Task HasToldAsync(int steps) => Eventually.Agrees(
        () =>
        {
            lock (_gate)
            {
                bool hasTold = _lines.Count(static line => line.Contains(" decision ", StringComparison.Ordinal)) >= steps;
                return hasTold ? null
                    : _process.HasExited ? throw new InvalidOperationException($"the bot ended with {_process.ExitCode}: {string.Join('\n', _lines)}")
                    : $"{steps} steps of decisions; it said: {string.Join('\n', _lines)}";
            }
        },
        Hang);

    /// <summary>Ends it at once, without a chance to clean up.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await _reading;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _reading;
        _process.Dispose();
    }

    private async Task ReadAsync(StreamReader output)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            lock (_gate)
            {
                _lines.Add(line);
            }
        }
    }
}
