using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Serilog;
using Serilog.Events;
using Serilog.Extensions.Logging;
using Serilog.Sinks.Async;
using Serilog.Sinks.File;
using ILogger = Microsoft.Extensions.Logging.ILogger;
using SerilogLogger = Serilog.Core.Logger;

namespace Harrier.Hosting.Logging;

/// <summary>
/// The log of a run: lines of JSON in <c>logs/</c> of its home, in a new file each day and at a size, the oldest of which go. Nobody waits for it: entries pass a bounded queue to a thread of its own, and one that finds the queue
/// full is dropped and counted, as is a write that the disk refuses.
/// </summary>
public sealed class RunLog : IDisposable
{
    /// <summary>Name of the folder in a home.</summary>
    public const string FolderName = "logs";

    /// <summary>Entries that may wait to be written.</summary>
    public const int QueueLength = 10_000;

    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersFolder = OwnersFile | UnixFileMode.UserExecute;

    private readonly SerilogLogger? _logger;
    private readonly SerilogLoggerProvider? _provider;
    private readonly Queue _queue = new();
    private readonly OwnersFiles _files;

    private RunLog(string home, LogSettings settings, Redaction redaction, Func<Stream, Stream>? through, int queueLength)
    {
        _files = new OwnersFiles(through);
        if (settings.Level == LogLevel.None)
        {
            return;
        }

        string folder = Path.Combine(home, FolderName);
        MakeFolder(folder);
        _logger = new LoggerConfiguration()
            .MinimumLevel.Is(LevelConvert.ToSerilogLevel(settings.Level))
            .WriteTo.Async(
                sink => sink.Logger(inner => inner.MinimumLevel.Is(LevelAlias.Minimum).WriteTo.File(
                    new JsonLine(redaction),
                    Path.Combine(folder, "harrier-.jsonl"),
                    rollingInterval: RollingInterval.Day,
                    rollOnFileSizeLimit: true,
                    fileSizeLimitBytes: settings.MaxFileMib * 1024L * 1024,
                    retainedFileCountLimit: settings.KeepFiles,
                    retainedFileTimeLimit: TimeSpan.FromDays(settings.KeepDays),
                    encoding: new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
                    hooks: _files)),
                _queue,
                queueLength,
                blockWhenFull: false)
            .CreateLogger();
        _provider = new SerilogLoggerProvider(_logger);
    }

    /// <summary>Where others, such as the HTTP service, send what they log.</summary>
    public ILoggerProvider Provider => (ILoggerProvider?)_provider ?? NullLoggerProvider.Instance;

    /// <summary>Entries that were dropped because too many waited.</summary>
    public long Dropped => _queue.Dropped;

    /// <summary>Writes that the disk refused.</summary>
    public long FailedWrites => _files.Failed;

    /// <summary>Opens the log of a home. A folder that cannot be made is a fault of the disk like others: then entries are dropped.</summary>
    /// <param name="home">The folder of all state.</param>
    /// <param name="settings">What is written and kept.</param>
    public static RunLog Open(string home, LogSettings settings) => Open(home, settings, Redaction.OfProcess);

    /// <summary>Who logs under a name.</summary>
    /// <param name="category">The name.</param>
    public ILogger CreateLogger(string category) => Provider.CreateLogger(category);

    /// <summary>Shows as figures what was lost.</summary>
    public void Measure(Meter meter)
    {
        ArgumentNullException.ThrowIfNull(meter);
        meter.CreateObservableCounter("harrier_log_dropped_total", () => Dropped, null, "Entries of the log that were dropped because too many waited to be written.");
        meter.CreateObservableCounter("harrier_log_failed_writes_total", () => FailedWrites, null, "Writes of the log that the disk refused.");
    }

    /// <summary>Writes what waits, and closes the file.</summary>
    public void Dispose()
    {
        _provider?.Dispose();
        _logger?.Dispose();
    }

    /// <summary>Opens it with other secrets, with files that fail, and with another length of the queue.</summary>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The caller gets it.")]
    internal static RunLog Open(string home, LogSettings settings, Redaction redaction, Func<Stream, Stream>? through = null, int queueLength = QueueLength)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new RunLog(home, settings, redaction, through, queueLength);
    }

    private static void MakeFolder(string folder)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                Directory.CreateDirectory(folder, OwnersFolder);
                File.SetUnixFileMode(folder, OwnersFolder);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The start says what a home lacks; the log is no reason not to trade.
        }
    }

    // Files that nobody but their owner may read, in a folder that nobody else may enter.
    private sealed class OwnersFiles(Func<Stream, Stream>? through) : FileLifecycleHooks
    {
        private long _failed;

        public long Failed => Interlocked.Read(ref _failed);

        public override Stream OnFileOpened(string path, Stream underlyingStream, Encoding encoding)
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, OwnersFile);
            }

            return new LogFileStream(through?.Invoke(underlyingStream) ?? underlyingStream, () => Interlocked.Increment(ref _failed));
        }
    }

    private sealed class Queue : IAsyncLogEventSinkMonitor
    {
        private volatile IAsyncLogEventSinkInspector? _queue;

        public long Dropped => _queue?.DroppedMessagesCount ?? 0;

        public void StartMonitoring(IAsyncLogEventSinkInspector inspector) => _queue = inspector;

        // What was dropped until the end stays known.
        public void StopMonitoring(IAsyncLogEventSinkInspector inspector)
        {
        }
    }
}
