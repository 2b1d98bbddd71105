using Harrier.Testnet.Core;

namespace Harrier.Testnet.Keeping;

/// <summary>
/// Keeps accounts, orders, fills, wallets and positions of an exchange in a file, so that another process goes on with them. What happens is in the file before anybody outside
/// hears of it; a kill at any moment leaves what was promised. Against a loss of power there is only the state of the last start or stop. Order flow, candles and books of the
/// market are not kept: it goes on from its last prices.
/// </summary>
public sealed class ExchangeMemory : IDisposable
{
    private const int Version = 1;
    private const long DefaultLargest = 32 << 20;
    private const int MostLate = 50_000;

    private readonly Lock _lock = new();
    private readonly List<KeptCore> _cores = [];
    private readonly string _path;
    private readonly Action<string> _warn;
    private readonly long _largest;
    private readonly Queue<byte[]> _late = new();
    private KeptFile? _file;
    private KeptFile? _next;
    private Task _rewriting = Task.CompletedTask;
    private bool _isFailing;
    private bool _isBehind;

    private ExchangeMemory(string path, KeptState? state, (Action<string> Warn, long Largest) options) =>
        (_path, State, _warn, _largest) = (path, state, options.Warn, options.Largest);

    /// <summary>What an earlier process left; null where there is nothing, and once it was taken over.</summary>
    internal KeptState? State { get; private set; }

    /// <summary>Reads what is there; nothing is written before <see cref="Begin"/>.</summary>
    /// <param name="path">The file; its folder is made.</param>
    /// <param name="warn">Told that the file cannot be written, and that it can again.</param>
    /// <exception cref="InvalidDataException">The file is damaged, or of another version.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ExchangeMemory Open(string path, Action<string> warn) => Open(path, warn, DefaultLargest);

    // Beyond so many bytes the file is written anew with how things stand.
    internal static ExchangeMemory Open(string path, Action<string> warn, long largest)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        return new ExchangeMemory(path, File.Exists(path) ? KeptState.Read(path, Version) : null, (warn, largest));
    }

    /// <summary>Hears a core from now on; it must be the first to hear it, so that nobody hears what is not kept.</summary>
    public void Watch(string name, ExchangeCore core)
    {
        KeptCore kept = new(name, core, this);
        _cores.Add(kept);
        core.Subscribe(kept);
    }

    /// <summary>Gives the cores what an earlier process left.</summary>
    /// <param name="seed">Seed of the accounts' keys.</param>
    /// <exception cref="InvalidDataException">It does not fit.</exception>
    public void Restore(long seed)
    {
        State?.Restore([.. _cores.Select(static kept => (kept.Name, kept.Core))], seed);
        State = null;
    }

    /// <summary>Writes how everything stands, and from now on what happens.</summary>
    /// <exception cref="IOException">That failed.</exception>
    public void Begin() => Rewrite();

    /// <inheritdoc/>
    public void Dispose()
    {
        _rewriting.Wait();
        if (_file is not null)
        {
            _ = TryWrite(Rewrite);
        }

        _file?.Dispose();
        _next?.Dispose();
    }

    /// <summary>Writes what has been put together.</summary>
    /// <param name="from">Of which core; inside its gate.</param>
    /// <param name="records">Its records.</param>
    internal void Append(KeptCore from, KeptRecords records)
    {
        lock (_lock)
        {
            if (_file is null)
            {
                return;
            }

            byte[] frame = records.Frame.ToArray();
            if (_next is { } next && from.IsCopied && !TryWrite(() => next.Append(frame)))
            {
                _next = null;
            }

            if (_late.Count >= MostLate)
            {
                _late.Clear();
                _isBehind = true;
            }

            _late.Enqueue(frame);
            if ((_isBehind || (TryWrite(WriteLate) && _file.Length > _largest)) && _rewriting.IsCompleted)
            {
                _rewriting = Task.Run(() => TryWrite(Rewrite));
            }
        }
    }

    private void WriteLate()
    {
        while (_late.TryPeek(out byte[]? frame))
        {
            _file!.Append(frame);
            _ = _late.Dequeue();
        }

        TellWritten();
    }

    private void TellWritten()
    {
        if (_isFailing)
        {
            _isFailing = false;
            _warn($"{_path}: the state of the built-in exchange is written again");
        }
    }

    // Core after core, each inside its own gate: what happens on one that was copied goes into both files.
    private void Rewrite()
    {
        KeptFile next = KeptFile.Create(_path + ".next");
        bool isPublished = false;
        try
        {
            KeptRecords records = new();
            records.AddHead(Version);
            next.Append(records.Frame);
            lock (_lock)
            {
                _next = next;
            }

            foreach (KeptCore kept in _cores)
            {
                lock (kept.Core.Gate)
                {
                    kept.CopyTo(next);
                }
            }

            isPublished = Publish(next);
        }
        finally
        {
            lock (_lock)
            {
                _next = null;
                _cores.ForEach(static kept => kept.IsCopied = false);
            }

            if (!isPublished)
            {
                next.Dispose();
            }
        }
    }

    private bool Publish(KeptFile next)
    {
        lock (_lock)
        {
            if (_next is null)
            {
                // Something that happened meanwhile did not get into it.
                return false;
            }

            next.Publish(_path);
            _file?.Dispose();
            (_file, _next) = (next, null);
            _late.Clear();
            _isBehind = false;
            TellWritten();
            return true;
        }
    }

    // A disk without room must not break a match in its middle: what could not be written is written with what happens next.
    private bool TryWrite(Action write)
    {
        try
        {
            write();
            return true;
        }
        catch (IOException fault)
        {
            if (!_isFailing)
            {
                _isFailing = true;
                _warn($"warning: {_path}: the state of the built-in exchange cannot be written, and a kill would lose what happens from here on: {fault.Message}");
            }

            return false;
        }
    }
}
