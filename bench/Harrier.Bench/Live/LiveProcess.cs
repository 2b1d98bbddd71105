using System.Diagnostics;
using System.Globalization;

namespace Harrier.Bench.Live;

/// <summary>A program that runs beside, whose output is read line by line; killed when disposed of.</summary>
internal sealed class LiveProcess : IDisposable
{
    private readonly Process _process;

    public LiveProcess(IReadOnlyList<string> command, string folder)
    {
        ProcessStartInfo start = new(command[0], command.Skip(1)) { WorkingDirectory = folder, RedirectStandardOutput = true };
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{command[0]} did not start");
    }

    public int Id => _process.Id;

    /// <summary>Memory that it holds, in MiB.</summary>
    public double Resident => long.Parse(File.ReadAllText($"/proc/{Id}/statm").Split(' ')[1], CultureInfo.InvariantCulture) * (Environment.SystemPageSize / 1048576.0);

    /// <summary>Processor time so far.</summary>
    public TimeSpan Processor
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Reads until a line holds a text, and returns it.</summary>
    public string ReadUntil(string text)
    {
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"process {Id} ended before it said '{text}'");
    }

    /// <summary>Sees that it has not ended.</summary>
    public void RequireAlive()
    {
        if (_process.HasExited)
        {
            throw new InvalidOperationException($"process {Id} ended with code {_process.ExitCode}");
        }
    }

    /// <summary>Lets it say what it wants.</summary>
    public void ReadOn() => _ = Task.Run(() => _process.StandardOutput.ReadToEnd());

    /// <summary>Kills it as a crash would.</summary>
    public void Kill()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }
}
