using Harrier.Domain;
using Harrier.Engine.History;
using Harrier.Storage.Market;

namespace Harrier.Storage.Collection;

/// <summary>The collection of one symbol as it goes; written by its collector and read by whoever shows it, from any thread.</summary>
public sealed class SymbolProgress(string symbol)
{
    private readonly Lock _gate = new();
    private readonly List<string> _notes = [];
    private SymbolState _state;
    private HistoryFault? _fault;
    private long _wanted;
    private long _done;
    private long _rows;
    private long _added;
    private long _requests;
    private long _repairs;

    /// <summary>The venue's symbol.</summary>
    public string Symbol { get; } = symbol;

    /// <summary>How far it is.</summary>
    public SymbolState State
    {
        get => Read(() => _state);
        internal set => Write(() => _state = value);
    }

    /// <summary>What ended it early; null while nothing did.</summary>
    public HistoryFault? Fault
    {
        get => Read(() => _fault);
        internal set => Write(() => _fault = value);
    }

    /// <summary>Rows that came.</summary>
    public long Rows => Interlocked.Read(ref _rows);

    /// <summary>Rows that were not stored before.</summary>
    public long Added => Interlocked.Read(ref _added);

    /// <summary>Questions to the venue.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>Rows that the venue sent twice, out of order or unasked, and that were left out or put right.</summary>
    public long Repairs => Interlocked.Read(ref _repairs);

    /// <summary>Share of the time that was missing at the start and is there now, 0 to 1.</summary>
    public double Share
    {
        get
        {
            long wanted = Interlocked.Read(ref _wanted);
            return wanted > 0 ? Math.Clamp((double)Interlocked.Read(ref _done) / wanted, 0, 1) : State == SymbolState.Complete ? 1 : 0;
        }
    }

    /// <summary>What a person should know, in the order it was met.</summary>
    public IReadOnlyList<string> Notes => Read(() => (IReadOnlyList<string>)[.. _notes]);

    internal void Begin(IEnumerable<TimeRange> missing)
    {
        Interlocked.Exchange(ref _wanted, missing.Sum(static range => range.To.Nanos - range.From.Nanos));
        State = SymbolState.Running;
    }

    internal void Asked() => Interlocked.Increment(ref _requests);

    internal void Came(int rows, int repairs)
    {
        Interlocked.Add(ref _rows, rows);
        Interlocked.Add(ref _repairs, repairs);
    }

    internal void Advanced(Timestamp from, Timestamp to) => Interlocked.Add(ref _done, Math.Max(0, to.Nanos - from.Nanos));

    internal void Stored(long added) => Interlocked.Add(ref _added, added);

    internal void Note(string note) => Write(() =>
    {
        if (!_notes.Contains(note))
        {
            _notes.Add(note);
        }
    });

    internal void Fail(HistoryFault fault)
    {
        Fault = fault;
        Note(fault.Message);
        State = fault.Kind == HistoryFaultKind.UnknownSymbol ? SymbolState.Unknown : SymbolState.Failed;
    }

    internal void Fail(string message)
    {
        Note(message);
        State = SymbolState.Failed;
    }

    private T Read<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }

    private void Write(Action write)
    {
        lock (_gate)
        {
            write();
        }
    }
}
