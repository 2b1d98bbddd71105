using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Harrier.Domain;
using Harrier.Engine;

namespace Harrier.Research.Replays;

/// <summary>What one pass over a tape tells before anything is traded on it.</summary>
public sealed class TapeSurvey : ITapeSink, IBarSink
{
    private const int BytesPerEvent = 58;
    private const int EventsPerBlock = 1024;

    private readonly byte[] _block = new byte[BytesPerEvent * EventsPerBlock];
    private readonly IncrementalHash _hash;
    private readonly List<Bar>[] _bars;
    private readonly BarExtent[] _extents;
    private readonly TapeBarMaker _maker;
    private readonly int _barsInMemory;
    private readonly bool[] _isWhole;
    private readonly long[] _unverifiedSince;
    private int _used;
    private int _kept;
    private bool _isTooLong;

    private TapeSurvey(MarketTape tape, BarSpec spec, IncrementalHash hash, int barsInMemory)
    {
        _hash = hash;
        _barsInMemory = barsInMemory;
        _extents = new BarExtent[tape.Instruments.Count];
        _bars = [.. tape.Instruments.Select(_ => new List<Bar>())];
        _maker = new TapeBarMaker(tape.Instruments, spec, this);
        _isWhole = new bool[tape.Instruments.Count];
        _unverifiedSince = new long[tape.Instruments.Count];
        Array.Fill(_unverifiedSince, long.MinValue);
    }

    /// <summary>The name of the events: SHA-256 over symbols, grids and every field of every event, lower-case hexadecimal.</summary>
    public string DataHash { get; private set; } = "";

    /// <summary>One history per instrument: the bars of the trades. So many that they should not be in memory are made of the tape again whenever they are read.</summary>
    public IReadOnlyList<BarHistory> Series { get; private set; } = [];

    /// <summary>When the first event was received.</summary>
    public Timestamp First { get; private set; }

    /// <summary>When the last event was received.</summary>
    public Timestamp Last { get; private set; }

    /// <summary>Events of all kinds and faults.</summary>
    public long Events { get; private set; }

    /// <summary>Trades.</summary>
    public long Trades { get; private set; }

    /// <summary>Messages of books.</summary>
    public long BookMessages { get; private set; }

    /// <summary>Changes of levels in them.</summary>
    public long LevelChanges { get; private set; }

    /// <summary>Snapshots in them.</summary>
    public long Snapshots { get; private set; }

    /// <summary>Mark prices and funding payments.</summary>
    public long Marks { get; private set; }

    /// <summary>Places at which the book could not be believed any more.</summary>
    public long Faults { get; private set; }

    /// <summary>Events that were received before they happened, by the two clocks.</summary>
    public long NegativeLatencies { get; private set; }

    /// <summary>Time between first and last event without a book that can be believed, added up over the instruments.</summary>
    public TimeSpan WithoutBook { get; private set; }

    /// <summary>True when the tape has books.</summary>
    public bool HasBook => BookMessages > 0;

    /// <summary>Reads a tape once.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="spec">The bars to make of its trades.</param>
    /// <param name="progress">Asked now and then whether to go on; throws to stop.</param>
    /// <param name="barsInMemory">Up to how many bars, of all instruments, are kept.</param>
    public static TapeSurvey Of(MarketTape tape, BarSpec spec, Action? progress = null, int barsInMemory = 250_000)
    {
        ArgumentNullException.ThrowIfNull(tape);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        TapeSurvey survey = new(tape, spec, hash, barsInMemory);
        foreach (Instrument instrument in tape.Instruments)
        {
            InstrumentDefinition definition = instrument.Definition;
            hash.AppendData(Encoding.UTF8.GetBytes(FormattableString.Invariant(
                $"{instrument.Symbol} {definition.Kind} {definition.TickSize:0.##################} {definition.LotSize:0.##################}\n")));
        }

        using ITapeReader reader = tape.Open();
        while (reader.Read(survey))
        {
            progress?.Invoke();
        }

        survey.Complete(tape, spec with { Source = BarSource.Aggregated });
        return survey;
    }

    /// <inheritdoc/>
    public void Add(in MarketEvent marketEvent)
    {
        Count(marketEvent.ReceivedTime);
        Hash(in marketEvent);
        NegativeLatencies += marketEvent.ReceivedTime < marketEvent.ExchangeTime ? 1 : 0;
        _maker.Add(in marketEvent);
        switch (marketEvent.Kind)
        {
            case MarketEventKind.Trade:
                Trades++;
                break;
            case MarketEventKind.BookLevel or MarketEventKind.BookClear:
                Book(in marketEvent);
                break;
            default:
                Marks++;
                break;
        }
    }

    /// <inheritdoc/>
    public void Add(FeedFault fault)
    {
        Count(fault.Time);
        Faults++;
        Doubt(fault.Instrument.Index, fault.Time);
        MarketEvent place = new() { ExchangeTime = fault.Time, ReceivedTime = fault.Time, Price = default, Instrument = fault.Instrument, Kind = (MarketEventKind)byte.MaxValue };
        Hash(in place);
    }

    void IBarSink.OnBar(in Bar bar)
    {
        ref BarExtent extent = ref _extents[bar.Instrument.Index];
        extent = new BarExtent(extent.Count + 1, extent.Count == 0 ? bar : extent.First, bar);
        if (!_isTooLong && ++_kept > _barsInMemory)
        {
            _isTooLong = true;
            Array.ForEach(_bars, static bars =>
            {
                bars.Clear();
                bars.TrimExcess();
            });
        }

        if (!_isTooLong)
        {
            _bars[bar.Instrument.Index].Add(bar);
        }
    }

    void IBarSink.OnBarsClosed(Timestamp time)
    {
    }

    private void Count(Timestamp received)
    {
        First = Events++ == 0 ? received : First;
        Last = received > Last ? received : Last;
    }

    private void Book(in MarketEvent change)
    {
        int i = change.Instrument.Index;
        LevelChanges += change.Kind == MarketEventKind.BookLevel ? 1 : 0;
        BookMessages += change.LastInBatch ? 1 : 0;
        if (change.Kind == MarketEventKind.BookClear)
        {
            Snapshots++;
            if (!_isWhole[i])
            {
                WithoutBook += change.ReceivedTime - (_unverifiedSince[i] == long.MinValue ? First : new Timestamp(_unverifiedSince[i]));
            }

            _isWhole[i] = true;
        }
    }

    private void Doubt(int instrument, Timestamp since)
    {
        if (_isWhole[instrument])
        {
            _isWhole[instrument] = false;
            _unverifiedSince[instrument] = since.Nanos;
        }
    }

    private void Complete(MarketTape tape, BarSpec spec)
    {
        for (int i = 0; i < _isWhole.Length; i++)
        {
            WithoutBook += _isWhole[i] ? TimeSpan.Zero : Last - (_unverifiedSince[i] == long.MinValue ? First : new Timestamp(_unverifiedSince[i]));
        }

        _hash.AppendData(_block.AsSpan(0, _used));
        DataHash = Convert.ToHexStringLower(_hash.GetHashAndReset());
        Series = [.. tape.Instruments.Select((instrument, i) => _isTooLong
            ? (BarHistory)new TapeHistory(tape, instrument, spec, _extents[i])
            : new BarSeries(instrument, spec, [.. _bars[i]], _bars[i].Count))];
    }

    private void Hash(in MarketEvent marketEvent)
    {
        if (_used == _block.Length)
        {
            _hash.AppendData(_block);
            _used = 0;
        }

        Span<byte> row = _block.AsSpan(_used, BytesPerEvent);
        BinaryPrimitives.WriteInt64LittleEndian(row, marketEvent.ExchangeTime.Nanos);
        BinaryPrimitives.WriteInt64LittleEndian(row[8..], marketEvent.ReceivedTime.Nanos);
        BinaryPrimitives.WriteInt64LittleEndian(row[16..], marketEvent.Price.Value);
        BinaryPrimitives.WriteInt64LittleEndian(row[24..], marketEvent.Size.Value);
        BinaryPrimitives.WriteInt64LittleEndian(row[32..], marketEvent.TradeId);
        BinaryPrimitives.WriteDoubleLittleEndian(row[40..], marketEvent.Rate);
        BinaryPrimitives.WriteInt64LittleEndian(row[48..], marketEvent.Instrument.Index);
        row[56] = (byte)marketEvent.Kind;
        row[57] = (byte)((marketEvent.IsSell ? 1 : 0) | (marketEvent.LastInBatch ? 2 : 0));
        _used += BytesPerEvent;
    }
}
