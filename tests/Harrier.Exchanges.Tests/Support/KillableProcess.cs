using System.Diagnostics;

namespace Harrier.Exchanges.Tests.Support;

/// <summary>This program in a process of its own, asked to be something else than a run of tests, which a test may kill.</summary>
internal sealed class KillableProcess : IAsyncDisposable
{
    // A runtime has to start, and on a busy machine several do at once.
    private static readonly TimeSpan Hang = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly Lock _gate = new();
    private readonly Task _reading;

    /// <summary>Starts it.</summary>
    /// <param name="variable">The variable of the environment by which it knows what it is to be.</param>
    /// <param name="value">Its value.</param>
    public KillableProcess(string variable, string value)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "Harrier.Exchanges.Tests.dll")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[variable] = value;
        _process = Process.Start(start)!;
        _reading = Task.WhenAll(ReadAsync(_process.StandardOutput), ReadAsync(_process.StandardError));
    }

    /// <summary>What it has said so far.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_gate)
            {
                return [.. _lines];
            }
        }
    }

    public void Tell(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    /// <summary>Waits until it has said something.</summary>
    public Task Says(Func<IReadOnlyList<string>, bool> isIt, string what) => Eventually.Agrees(() =>
    {
        bool hasEnded = _process.HasExited;
        IReadOnlyList<string> lines = Lines;
        string? missing = isIt(lines) ? null : $"{what}; the process {(hasEnded ? $"ended with {_process.ExitCode} and" : "")} said: {string.Join(", ", lines)}";
        return hasEnded && missing is not null ? throw new InvalidOperationException(missing) : missing;
    }, Hang);

    /// <summary>Ends it at once, without a chance to clean up.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await _reading;
    }

    /// <summary>Lets it end by itself.</summary>
    public async Task EndAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await _reading;
        _process.ExitCode.ShouldBe(0, string.Join(", ", Lines));
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
