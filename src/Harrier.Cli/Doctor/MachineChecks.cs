using System.Globalization;
using Harrier.Hosting.Configuration;

namespace Harrier.Cli.Doctor;

/// <summary>Looks at what the machine gives a process: how long its disk takes to keep something, memory, files at a time.</summary>
/// <param name="time">Measures durations.</param>
internal sealed class MachineChecks(TimeProvider time)
{
    private const int Writes = 9;
    private const int BytesAWrite = 4096;
    private const long Mebibyte = 1L << 20;
    private const long LeastMemory = 512 * Mebibyte;
    private const long FewFiles = 1024;
    private const long EnoughFiles = 4096;

    /// <summary>All of them.</summary>
    /// <param name="home">The folder of all state; it need not be there.</param>
    /// <param name="settings">What would be run.</param>
    public IEnumerable<Finding> Of(string home, RunSettings settings)
    {
        if (Directory.Exists(home) && SpeedOf(home) is { } speed)
        {
            yield return Speed(home, speed);
        }

        yield return Memory(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, settings.MaxMemoryMib);
        if (OperatingSystem.IsLinux() && FilesAtATime(File.ReadLines("/proc/self/limits")) is { } files)
        {
            yield return Files(files);
        }
    }

    /// <summary>Whether a disk keeps what is written soon enough.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="median">How long a write of a page takes until it outlives a power cut.</param>
    internal static Finding Speed(string folder, TimeSpan median)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"a write to {folder} is kept after {median.TotalMilliseconds:0.00} ms");
        return median > TimeSpan.FromMilliseconds(20)
            ? new Finding("disk speed", Health.Warning, text, "orders of accounts with durability power wait for it: take a local disk of flash memory, or durability process where a power cut may lose the last moment")
            : new Finding("disk speed", Health.Ok, text);
    }

    /// <summary>Whether there is memory enough, and the bound of the configuration is below that of the machine or container.</summary>
    /// <param name="available">Bytes that the process may have.</param>
    /// <param name="bound">Mebibytes that the configuration allows; null for any.</param>
    internal static Finding Memory(long available, int? bound)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"{available / Mebibyte} MiB for the process{(bound is { } most ? string.Create(CultureInfo.InvariantCulture, $", max_memory_mib {most}") : "")}");
        return available < LeastMemory
            ? new Finding("memory", Health.Warning, text, "give it 512 MiB or more: the system ends a process that needs more than there is")
            : bound * Mebibyte > available
                ? new Finding("memory", Health.Warning, text, "set max_memory_mib below what the process may have: else the system ends it before it can end well")
                : new Finding("memory", Health.Ok, text);
    }

    /// <summary>Whether enough files and sockets may be open at a time.</summary>
    internal static Finding Files(long limit)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"{limit} files and sockets may be open at a time");
        const string Advice = "raise it: LimitNOFILE=65536 in the systemd unit, ulimits in the compose file, or ulimit -n";
        return limit < FewFiles ? new Finding("open files", Health.Fault, text, Advice)
            : limit < EnoughFiles ? new Finding("open files", Health.Warning, text, Advice)
            : new Finding("open files", Health.Ok, text);
    }

    /// <summary>The limit on open files in the system's table; null where it is not there or has no bound.</summary>
    internal static long? FilesAtATime(IEnumerable<string> table)
    {
        const string Row = "Max open files";
        string? line = table.FirstOrDefault(static one => one.StartsWith(Row, StringComparison.Ordinal));
        string[] cells = line?[Row.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        return cells.Length > 0 && long.TryParse(cells[0], NumberStyles.None, CultureInfo.InvariantCulture, out long limit) ? limit : null;
    }

    // The median, so that one write beside which somebody else wrote much does not decide. A folder that cannot be written is told of elsewhere.
    private TimeSpan? SpeedOf(string home)
    {
        string probe = Path.Combine(home, FormattableString.Invariant($".harrier-doctor-{Environment.ProcessId}-speed"));
        TimeSpan[] took = new TimeSpan[Writes];
        byte[] page = new byte[BytesAWrite];
        try
        {
            using FileStream file = new(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            for (int i = 0; i < Writes; i++)
            {
                long began = time.GetTimestamp();
                file.Write(page);
                file.Flush(flushToDisk: true);
                took[i] = time.GetElapsedTime(began);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        Array.Sort(took);
        return took[Writes / 2];
    }
}
