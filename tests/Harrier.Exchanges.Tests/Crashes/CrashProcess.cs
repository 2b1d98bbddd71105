using System.Diagnostics;
using System.Text.Json;
using Harrier.Exchanges.Tests.Support;

namespace Harrier.Exchanges.Tests.Crashes;

/// <summary>A <see cref="CrashHost"/> in a process of its own.</summary>
internal sealed class CrashProcess : IAsyncDisposable
{
    // A runtime has to start, and on a busy machine several do at once.
    private static readonly TimeSpan _hang = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly Lock _gate = new();
    private readonly Task _reading;

    private CrashProcess(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
    }

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

    public static async Task<CrashProcess> StartAsync(CrashOrders orders)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "Harrier.Exchanges.Tests.dll")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[CrashHost.Variable] = JsonSerializer.Serialize(orders);
        CrashProcess process = new(Process.Start(start)!);
        try
        {
            await process.Says(static lines => lines.Contains("started"), "the start");
            return process;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public void Tell(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    public Task Says(Func<IReadOnlyList<string>, bool> isIt, string what) => Eventually.Agrees(() =>
    {
        bool hasEnded = _process.HasExited;
        IReadOnlyList<string> lines = Lines;
        string? missing = isIt(lines) ? null : $"{what}; the process {(hasEnded ? $"ended with {_process.ExitCode} and" : "")} said: {string.Join(", ", lines)}";
        return hasEnded && missing is not null ? throw new InvalidOperationException(missing) : missing;
    }, _hang);

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
