using System.Globalization;
using System.Text;
using Harrier.Domain;

namespace Harrier.Storage.Ticks;

/// <summary>
/// Keeps ticks on disk: a CSV file per symbol and UTC day that only grows, and a file of statistics. A disk that refuses stops nothing: what was not written
/// waits and is tried again.
/// </summary>
public sealed class TickBackup
{
    /// <summary>Ticks that wait at most; of more the oldest are lost, and counted.</summary>
    public const int MostWaiting = 1_000_000;

    private readonly string _folder;
    private readonly Timestamp _started;
    private readonly Action<string> _warn;
    private readonly Lock _gate = new();
    private readonly Lock _writing = new();
    private readonly Dictionary<string, TickFile> _files = new(StringComparer.Ordinal);
    private Queue<StreamTick> _waiting = new();
    private long _lost;
    private bool _isRefused;

    /// <summary>Makes it; nothing is written before <see cref="Write"/>.</summary>
    /// <param name="folder">Where the files go; made when the first is written.</param>
    /// <param name="started">When the stream began; names the file of statistics.</param>
    /// <param name="warn">Told once when the disk refuses, and once when it does no more.</param>
    public TickBackup(string folder, Timestamp started, Action<string> warn) => (_folder, _started, _warn) = (folder, started, warn);

    /// <summary>Ticks that are in files.</summary>
    public long Written { get; private set; }

    /// <summary>Ticks that waited for so long that there was no room for them.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>Takes a tick for the next <see cref="Write"/>. Never waits for the disk.</summary>
    public void Add(StreamTick tick)
    {
        lock (_gate)
        {
            _waiting.Enqueue(tick);
            if (_waiting.Count > MostWaiting)
            {
                _waiting.Dequeue();
                _lost++;
            }
        }
    }

    /// <summary>Writes what waits, file by file, and the statistics.</summary>
    /// <param name="statistics">The text of the statistics; null to leave them as they are.</param>
    /// <returns>False when the disk refused; what it refused waits for the next time.</returns>
    public bool Write(string? statistics)
    {
        lock (_writing)
        {
            Queue<StreamTick> ticks;
            lock (_gate)
            {
                (ticks, _waiting) = (_waiting, new Queue<StreamTick>());
            }

            List<StreamTick> refused = [];
            string? reason = null;
            foreach (IGrouping<string, StreamTick> file in ticks.GroupBy(NameOf))
            {
                if (Attempt(() => Append(file.Key, file)) is { } fault)
                {
                    reason = fault;
                    refused.AddRange(file);
                }
                else
                {
                    Written += file.Count();
                }
            }

            PutBack(refused);
            reason = (statistics is null ? null : Attempt(() => Replace(statistics))) ?? reason;
            Tell(reason);
            return reason is null;
        }
    }

    private static string NameOf(StreamTick tick)
    {
        string symbol = string.Concat(tick.Symbol.Select(letter => char.IsLetterOrDigit(letter) ? letter : '_'));
        return $"{symbol}_ticks_{tick.Time.ToDateTimeOffset().UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}";
    }

    private static string? Attempt(Action write)
    {
        try
        {
            write();
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return fault.Message;
        }
    }

    private void Append(string name, IEnumerable<StreamTick> ticks)
    {
        Directory.CreateDirectory(_folder);
        if (!_files.TryGetValue(name, out TickFile? file))
        {
            file = TickFile.Of(_folder, name);
            _files.Add(name, file);
        }

        StringBuilder lines = new();
        foreach (StreamTick tick in ticks)
        {
            TickCsv.Append(lines, tick);
        }

        file.Append(lines.ToString());
    }

    private void Replace(string statistics)
    {
        Directory.CreateDirectory(_folder);
        string path = Path.Combine(_folder, $"stats_{_started.ToDateTimeOffset().UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}.json");
        File.WriteAllText(path + ".tmp", statistics);
        File.Move(path + ".tmp", path, overwrite: true);
    }

    // Ahead of what came in the meantime.
    private void PutBack(List<StreamTick> refused)
    {
        if (refused.Count == 0)
        {
            return;
        }

        lock (_gate)
        {
            Queue<StreamTick> later = _waiting;
            _waiting = new Queue<StreamTick>(refused);
            foreach (StreamTick tick in later)
            {
                Add(tick);
            }
        }
    }

    private void Tell(string? reason)
    {
        if (reason is not null && !_isRefused)
        {
            _warn($"the backup in {_folder} cannot be written: {reason}; the stream goes on, up to {MostWaiting} ticks wait, and writing is tried again each time");
        }
        else if (reason is null && _isRefused)
        {
            _warn($"the backup in {_folder} can be written again{(Lost > 0 ? string.Create(CultureInfo.InvariantCulture, $"; {Lost} ticks were lost") : "")}");
        }

        _isRefused = reason is not null;
    }
}
