using System.Runtime.CompilerServices;
using Harrier.Domain;

namespace Harrier.Storage.Bars;

/// <summary>
/// The bars of all files of one symbol while they are read. Prices are integers of one power of ten that is refined when a price needs more
/// decimals, so that the coarsest grid that holds all of them is known at the end and no price is ever rounded.
/// </summary>
internal sealed class BarTable
{
    private const int MaxLotDecimals = 8;
    private readonly InstrumentId _instrument;
    private readonly BarSpec _spec;
    private Bar[] _bars = [];
    private int[] _numbers = [];
    private long _lastTime = long.MinValue;
    private long _distance;
    private int _lead;

    /// <summary>An empty table.</summary>
    /// <param name="instrument">Handle to write into the bars.</param>
    /// <param name="spec">Interval to write into the bars as long as no better one is known.</param>
    public BarTable(InstrumentId instrument, BarSpec spec)
    {
        _instrument = instrument;
        _spec = spec;
    }

    /// <summary>Number of bars.</summary>
    public int Count { get; private set; }

    /// <summary>Rows seen, refused ones included.</summary>
    public long Rows => Count + Faults.Refused;

    /// <summary>Decimals that the finest price needs.</summary>
    public int PriceDecimals { get; private set; }

    /// <summary>Decimals that the finest volume needs, at most 8.</summary>
    public int LotDecimals { get; private set; }

    /// <summary>True as long as every bar opens after the one before it.</summary>
    public bool IsAscending { get; private set; } = true;

    /// <summary>The distance between more than half of the neighboring open times in nanoseconds; 0 when no distance is so frequent.</summary>
    public long MajorityDistance => _lead > Count / 2 ? _distance : 0;

    /// <summary>Rows that are not bars.</summary>
    public BarFaults Faults { get; } = new();

    /// <summary>Bars in the order in which they were read.</summary>
    public Span<Bar> Bars => _bars.AsSpan(0, Count);

    /// <summary>Line or element number of each bar.</summary>
    public Span<int> Numbers => _numbers.AsSpan(0, Count);

    /// <summary>The array behind <see cref="Bars"/>, for a series that takes it over.</summary>
    public Bar[] Array => _bars;

    /// <summary>Makes room for rows that are about to come.</summary>
    public void Expect(long rows)
    {
        long needed = Math.Min(Count + rows, System.Array.MaxLength);
        if (needed > _bars.Length)
        {
            Resize((int)needed);
        }
    }

    /// <summary>Adds a row, or counts it as refused when it breaks the rules of a bar.</summary>
    /// <exception cref="OverflowException">A price does not fit 18 digits together with the decimals of the others.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(in BarRow row, BarRowParser origin)
    {
        int decimals = PriceDecimals;
        long open = ToGrid(row.Open);
        long high = ToGrid(row.High);
        long low = ToGrid(row.Low);
        long close = ToGrid(row.Close);

        if (PriceDecimals != decimals)
        {
            // A later price of the row has refined the grid of an earlier one.
            Add(in row, origin);
            return;
        }

        if (row.HasNoNumber || Math.Min(Math.Min(open, low), Math.Min(high, close)) <= 0 || row.Volume.Mantissa < 0
            || high < low || Math.Max(open, close) > high || Math.Min(open, close) < low)
        {
            Faults.Add(in row, origin.Place(row.Number));
            return;
        }

        RefineLot(row.Volume);
        if (Count == _bars.Length)
        {
            Resize((int)Math.Min(Math.Max(1024, 2L * Count), System.Array.MaxLength));
        }

        Follow(row.Time);
        _numbers[Count] = row.Number;
        _bars[Count++] = new Bar
        {
            OpenTime = new Timestamp(row.Time),
            Open = new PriceTicks(open),
            High = new PriceTicks(high),
            Low = new PriceTicks(low),
            Close = new PriceTicks(close),
            Volume = row.Volume.ToDouble(),
            QuoteVolume = row.QuoteVolume,
            TakerBuyVolume = row.TakerBuyVolume,
            TradeCount = row.TradeCount,
            Spec = _spec,
            Instrument = _instrument,
        };
    }

    // Looks at order and distance while the time is at hand: another pass over millions of bars costs as much as reading a tenth of them.
    // The vote for the distance is the one of Boyer and Moore (1981): whoever leads by more than half of the votes has the majority.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Follow(long time)
    {
        if (Count > 0)
        {
            long distance = time - _lastTime;
            IsAscending &= distance > 0;
            _distance = _lead == 0 ? distance : _distance;
            _lead += distance == _distance ? 1 : -1;
        }

        _lastTime = time;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long ToGrid(DecimalDigits price) =>
        price.Scale == PriceDecimals ? price.Mantissa : ToGridRescaled(price);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private long ToGridRescaled(DecimalDigits price)
    {
        if (price.Scale > PriceDecimals)
        {
            long power = DecimalDigits.PowerOfTen(price.Scale - PriceDecimals);
            long quotient = price.Mantissa / power;
            if (quotient * power == price.Mantissa)
            {
                return quotient;
            }

            price = price.Trimmed();
            RefineGrid(price.Scale);
        }

        return checked(price.Mantissa * DecimalDigits.PowerOfTen(PriceDecimals - price.Scale));
    }

    private void RefineGrid(int decimals)
    {
        long factor = DecimalDigits.PowerOfTen(decimals - PriceDecimals);
        foreach (ref Bar bar in Bars)
        {
            bar = bar with
            {
                Open = new PriceTicks(checked(bar.Open.Value * factor)),
                High = new PriceTicks(checked(bar.High.Value * factor)),
                Low = new PriceTicks(checked(bar.Low.Value * factor)),
                Close = new PriceTicks(checked(bar.Close.Value * factor)),
            };
        }

        PriceDecimals = decimals;
    }

    private void RefineLot(DecimalDigits volume)
    {
        if (volume.Scale > LotDecimals && volume.Mantissa % DecimalDigits.PowerOfTen(volume.Scale - LotDecimals) != 0)
        {
            LotDecimals = Math.Min(MaxLotDecimals, volume.Trimmed().Scale);
        }
    }

    private void Resize(int length)
    {
        Bar[] bars = GC.AllocateUninitializedArray<Bar>(length);
        Bars.CopyTo(bars);
        _bars = bars;
        System.Array.Resize(ref _numbers, length);
    }
}
