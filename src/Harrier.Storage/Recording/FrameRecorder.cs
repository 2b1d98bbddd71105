using Harrier.Domain;

namespace Harrier.Storage.Recording;

/// <summary>
/// Records what connections receive. Taking a record never waits; a task of its own packs and writes. What comes faster than that, or while the disk
/// refuses, is a hole in the recording with the number of records that are missing, never a silent loss.
/// </summary>
public sealed class FrameRecorder : IAsyncDisposable
{
    // Where records come without an end, others must get to read the statistics.
    private const int RoundsPerBeat = 8;

    private readonly RecorderOptions _options;
    private readonly TimeProvider _time;
    private readonly IRecordSink _sink;
    private readonly FrameQueue _queue;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly Action<string> _warn;
    private readonly Dictionary<RecordSource, Dictionary<string, RecordSource>> _symbols = new(ReferenceEqualityComparer.Instance);
    private Task _writing = Task.CompletedTask;
    private FrameQueue.Batch _batch;
    private FrameQueue.Loss _loss;
    private int _position;
    private long _refusedAt;
    private bool _isClosed;
    private long _holes;
    private string? _fault;

    /// <summary>Makes a recorder; nothing is written before <see cref="Start"/>.</summary>
    /// <param name="folder">Where files go; made when the first is begun.</param>
    /// <param name="header">What the files say about themselves.</param>
    /// <param name="options">How to write.</param>
    /// <param name="time">The clock.</param>
    /// <param name="warn">Told in a line when records are missing or the disk refuses, and when it does no more.</param>
    public FrameRecorder(string folder, RecordingHeader header, RecorderOptions options, TimeProvider time, Action<string> warn)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _time = time;
        _warn = warn;
        _queue = new FrameQueue(options.QueueBytes);
        _sink = options.IsCapture ? new CaptureSink(folder, header, options) : new SegmentSink(folder, header, options);
    }

    /// <summary>Tells the symbols of messages; used by the task that writes.</summary>
    public SymbolOfFrame SymbolOf { get; set; } = static _ => null;

    /// <summary>The recorder at this moment.</summary>
    public RecorderStatistics Statistics
    {
        get
        {
            lock (_gate)
            {
                return new RecorderStatistics(_queue.Records, _queue.Bytes, _sink.Bytes, _sink.Files)
                {
                    Snapshots = _queue.Snapshots,
                    Lost = _queue.Lost,
                    Holes = _holes,
                    Fault = _fault,
                };
            }
        }
    }

    /// <summary>Begins to write.</summary>
    public void Start() => _writing = Task.Run(WriteAsync);

    /// <summary>Takes a record. May be called by any thread; the order of the calls is the order in the recording.</summary>
    public void Add(RecordKind kind, RecordSource source, Timestamp time, ReadOnlySpan<byte> text) => _queue.Add(kind, source, time, text);

    /// <summary>Writes what is waiting, as the task does by the clock.</summary>
    /// <param name="isForced">True to hand all of it to the operating system.</param>
    public void Write(bool isForced)
    {
        lock (_gate)
        {
            if (_isClosed || (_fault is not null && !isForced && _time.GetElapsedTime(_refusedAt) < _options.RetryAfter))
            {
                return;
            }

            try
            {
                Drain(isForced);
                if (_fault is not null)
                {
                    _fault = null;
                    _warn("the recording can be written again");
                }
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                Refused(fault.Message);
            }
        }
    }

    /// <summary>Writes all that waits and closes the last file.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _writing.ConfigureAwait(false);
        lock (_gate)
        {
            if (!_isClosed)
            {
                Close();
            }
        }

        _stop.Dispose();
    }

    private void Close()
    {
        try
        {
            Drain(isForced: true);
            _sink.Close(Now());
            _fault = null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Refused(fault.Message);
        }
        finally
        {
            _isClosed = true;
            _sink.Dispose();
        }
    }

    private async Task WriteAsync()
    {
        using PeriodicTimer beat = new(_options.Beat, _time);
        try
        {
            while (await beat.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
            {
                Write(isForced: false);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped: disposing writes the rest.
        }
    }

    // A record that the sink cannot take stays in the batch, the rest in the queue, until the disk takes them or the queue is full.
    private void Drain(bool isForced)
    {
        int rounds = 0;
        do
        {
            while (_batch.TryRead(ref _position, out FrameQueue.Entry entry))
            {
                int next = _position;
                _position = next - entry.Size;
                Put(entry.Kind, SourceOf(in entry), entry.Time, entry.Text);
                _position = next;
            }

            PutHole();
            _batch = _queue.Take(out _loss);
            _position = 0;
        }
        while ((_batch.Used > 0 || _loss.Records > 0) && (isForced || ++rounds < RoundsPerBeat));

        _sink.Flush(Now(), isForced);
    }

    private RecordSource SourceOf(in FrameQueue.Entry entry)
    {
        if (entry.Kind != RecordKind.Frame || SymbolOf(entry.Text) is not { } symbol)
        {
            return entry.Source;
        }

        if (!_symbols.TryGetValue(entry.Source, out Dictionary<string, RecordSource>? symbols))
        {
            symbols = new Dictionary<string, RecordSource>(StringComparer.Ordinal);
            _symbols.Add(entry.Source, symbols);
        }

        if (!symbols.TryGetValue(symbol, out RecordSource? source))
        {
            source = entry.Source with { Symbol = symbol };
            symbols.Add(symbol, source);
        }

        return source;
    }

    private void Put(RecordKind kind, RecordSource source, Timestamp time, ReadOnlySpan<byte> text)
    {
        if (!_sink.TryAdd(kind, source, time, text))
        {
            _sink.Flush(Now(), isForced: true);
            _sink.TryAdd(kind, source, time, text);
        }
    }

    private void PutHole()
    {
        if (_loss.Records > 0)
        {
            Put(
                RecordKind.Hole,
                RecordSource.Recorder,
                _loss.Last,
                RecordEvents.Hole(_loss.Records, _loss.Bytes, (_loss.First, _loss.Last), _fault is null ? "came faster than it could be written" : "the disk refused: " + _fault));
            _holes++;
            _warn($"{_loss.Records} records are missing from {_loss.First} to {_loss.Last}; the recording has a hole there");
            _loss = default;
        }
    }

    private void Refused(string reason)
    {
        _refusedAt = _time.GetTimestamp();
        if (_fault is null)
        {
            _warn($"the recording cannot be written: {reason}; up to {_options.QueueBytes >> 20} MB wait in memory, what comes after them is missing");
        }

        _fault = reason;
    }

    private Timestamp Now() => Timestamp.From(_time.GetUtcNow());
}
