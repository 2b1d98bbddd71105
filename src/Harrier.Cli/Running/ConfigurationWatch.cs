using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Harrier.Cli.Running;

/// <summary>
/// Tells that a configuration file says something else. Editors write in several steps, or put another file in its place: it waits until the file has been left alone for a
/// moment, and looks at what it says, not at its time.
/// </summary>
internal sealed class ConfigurationWatch : IDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(500);

    private readonly string _file;
    private readonly Func<Task> _changed;
    private readonly FileSystemWatcher _watcher;
    private readonly ITimer _timer;

    [SuppressMessage("Usage", "CA2213:Disposable fields should be disposed", Justification = "A look may still hold the semaphore, which has nothing to dispose of as long as nobody asks for its handle.")]
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);

    private byte[] _seen;

    /// <summary>Begins to watch.</summary>
    /// <param name="file">The file, which is there.</param>
    /// <param name="seen">Of what it said when it was read, by <see cref="DigestOf"/>: what changed since then is told.</param>
    /// <param name="time">The clock.</param>
    /// <param name="changed">Called, on a thread of the pool, once for each change of what it says.</param>
    public ConfigurationWatch(string file, byte[]? seen, TimeProvider time, Func<Task> changed)
    {
        _file = Path.GetFullPath(file);
        _changed = changed;
        _seen = seen ?? [];
        _timer = time.CreateTimer(_ => _ = LookAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _watcher = new FileSystemWatcher(Path.GetDirectoryName(_file)!, Path.GetFileName(_file));
        _watcher.Changed += OnTouched;
        _watcher.Created += OnTouched;
        _watcher.Renamed += OnTouched;
        _watcher.EnableRaisingEvents = true;
        Touch();
    }

    /// <summary>The file was touched: what it says is looked at when it has been left alone.</summary>
    public void Touch() => _timer.Change(Quiet, Timeout.InfiniteTimeSpan);

    /// <summary>Looks at what the file says now, and tells when that is something else. A file that is gone says nothing: the next one is waited for.</summary>
    public async Task LookAsync()
    {
        await _oneAtATime.WaitAsync().ConfigureAwait(false);
        try
        {
            if (DigestOf(_file) is { } now && !now.AsSpan().SequenceEqual(_seen))
            {
                _seen = now;
                await _changed().ConfigureAwait(false);
            }
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _watcher.Dispose();
        _timer.Dispose();
    }

    /// <summary>What a file says, as a digest; null when it cannot be read.</summary>
    public static byte[]? DigestOf(string file)
    {
        try
        {
            return SHA256.HashData(File.ReadAllBytes(file));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private void OnTouched(object sender, FileSystemEventArgs happened) => Touch();
}
