using Harrier.Domain;
using Harrier.Features.Indicators;
using Harrier.Features.Microstructure;

namespace Harrier.Features.OrderFlow;

/// <summary>
/// Taker buys and sells of each bar by price, in whole ticks and lots, from the tape. A bar's footprint is closed by the first trade of a later
/// bar or by <see cref="CloseAt"/>, and only then read for imbalances. After the first bars a trade costs no memory.
/// </summary>
public sealed class Footprint : ITradeFeature
{
    private const long NoBar = long.MinValue;

    private readonly FootprintSettings _settings;
    private readonly TradeRows _rows;
    private long _start = NoBar;
    private FootprintSummary _last;

    /// <summary>Creates it, without trades.</summary>
    /// <param name="settings">How it is made and read.</param>
    /// <exception cref="IndicatorParameterException">A setting is out of range.</exception>
    public Footprint(FootprintSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _settings = settings.Checked();
        _rows = new TradeRows(settings.TicksPerRow, settings.MaxRows);
    }

    /// <summary>The last closed footprint; without one all 0.</summary>
    public FootprintSummary Last => _last;

    /// <summary>Stacked imbalances of closed footprints; <see cref="EventLog{T}.New"/> are those of <see cref="Last"/>.</summary>
    public EventLog<StackedImbalance> Stacked { get; } = new(32);

    /// <summary>Footprints closed.</summary>
    public int Count { get; private set; }

    /// <summary>Trades of a bar that was closed already; they are left out.</summary>
    public long LateTrades { get; private set; }

    /// <summary>The rows of the bar that is being traded, lowest first.</summary>
    public ReadOnlySpan<FootprintRow> Rows => _rows.Rows;

    /// <summary>The lowest price of the first of <see cref="Rows"/>.</summary>
    public PriceTicks LowestRow => new(_rows.Lowest * _rows.RowTicks);

    /// <summary>Ticks of one of <see cref="Rows"/>.</summary>
    public long RowTicks => _rows.RowTicks;

    /// <summary>Buys less sells of the bar that is being traded.</summary>
    public SizeLots Delta => new(_rows.Buys - _rows.Sells);

    /// <summary>A trade reached us.</summary>
    /// <param name="trade">An event of the kind <see cref="MarketEventKind.Trade"/>.</param>
    public void OnTrade(in MarketEvent trade)
    {
        long start = _settings.Bars.BucketStart(trade.ExchangeTime).Nanos;
        if (start < _start)
        {
            LateTrades++;
            return;
        }

        if (start > _start)
        {
            Close(trade.ReceivedTime);
            _start = start;
        }

        _rows.Add(trade.Price.Value, trade.Size.Value, trade.IsSell);
    }

    /// <summary>Closes the footprint whose bar is over; trades of that bar that come later are left out.</summary>
    /// <param name="now">The present.</param>
    public void CloseAt(Timestamp now)
    {
        long start = _settings.Bars.BucketStart(now).Nanos;
        if (_start != NoBar && start > _start)
        {
            Close(now);
            _start = start;
        }
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_start);
        writer.Write(_rows);
        writer.WriteRaw(in _last);
        writer.Write(Stacked);
        writer.Write(Count);
        writer.Write(LateTrades);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        _start = reader.ReadInt64();
        reader.Read(_rows);
        _last = reader.ReadRaw<FootprintSummary>();
        reader.Read(Stacked);
        Count = reader.ReadInt32();
        LateTrades = reader.ReadInt64();
    }

    private void Close(Timestamp now)
    {
        Stacked.StartBar();
        if (_rows.IsEmpty)
        {
            return;
        }

        ReadOnlySpan<FootprintRow> rows = _rows.Rows;
        (int buys, int sells) = ReadImbalances(rows, now);
        _last = new FootprintSummary(
            new Timestamp(_start),
            now,
            new SizeLots(_rows.Buys),
            new SizeLots(_rows.Sells),
            PriceOf(FootprintReading.PointOfControl(rows)),
            PriceOf(rows.Length - 1),
            PriceOf(0),
            _rows.RowTicks,
            buys,
            sells,
            FootprintReading.ExhaustionAt(rows, isHigh: true, _settings.ExhaustionShare),
            FootprintReading.ExhaustionAt(rows, isHigh: false, _settings.ExhaustionShare));
        Count++;
        _rows.Clear();
    }

    private (int Buys, int Sells) ReadImbalances(ReadOnlySpan<FootprintRow> rows, Timestamp now)
    {
        int buys = 0;
        int sells = 0;
        int run = 0;
        FlowSide side = FlowSide.Neutral;
        for (int i = 0; i <= rows.Length; i++)
        {
            FlowSide here = i < rows.Length ? FootprintReading.ImbalanceAt(rows, i, _settings) : FlowSide.Neutral;
            buys += here == FlowSide.Bullish ? 1 : 0;
            sells += here == FlowSide.Bearish ? 1 : 0;
            if (here == side)
            {
                run++;
                continue;
            }

            if (side != FlowSide.Neutral && run >= _settings.StackedRows)
            {
                Stacked.Add(new StackedImbalance(PriceOf(i - run), PriceOf(i - 1), now, run, side));
            }

            side = here;
            run = 1;
        }

        return (buys, sells);
    }

    private PriceTicks PriceOf(int row) => new((_rows.Lowest + row) * _rows.RowTicks);
}
