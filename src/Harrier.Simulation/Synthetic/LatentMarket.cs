using Harrier.Domain;
using Harrier.Simulation.Randomness;

namespace Harrier.Simulation.Synthetic;

/// <summary>
/// The prices that order flow circles around: the processes of <see cref="SyntheticMarket"/> (moods, clustered volatility, jumps, symbols that move
/// together, time of day) read in steps of 100 ms in place of bars. The same seed and symbols give the same prices, step by step.
/// </summary>
public sealed class LatentMarket
{
    /// <summary>Length of a step.</summary>
    public static readonly TimeSpan StepLength = TimeSpan.FromMilliseconds(100);

    // Separates these streams from those of the bars of the same seed.
    private const int Purpose = 0x4C61_7400;
    private const int BurstPurpose = 0x4275_7200;
    private const double StepsPerSecond = 10;
    private readonly MarketFactor _market;
    private readonly SyntheticSymbol[] _symbols;
    private readonly SymbolPath[] _paths;
    private readonly VolatilityBursts[] _bursts;
    private readonly double[] _prices;
    private readonly BarSpec _spec;
    private Timestamp _barStart;
    private int _step = MarketFactor.Steps - 1;

    /// <summary>A market at its start prices.</summary>
    /// <param name="seed">Seed of everything random.</param>
    /// <param name="symbols">At least one; each has its own stream by its name, whatever the others are.</param>
    /// <param name="start">Where the time of day begins.</param>
    public LatentMarket(long seed, IReadOnlyList<SyntheticSymbol> symbols, Timestamp start)
    {
        // A bar here is as many steps as the processes have inside a bar.
        _spec = new BarSpec(StepLength.Ticks * 100 * MarketFactor.Steps, BarKind.Time, BarSource.Synthetic);
        _symbols = [.. symbols];
        _market = new MarketFactor(new RandomStream(seed, Purpose), _spec.Interval.TotalDays);
        _paths = new SymbolPath[_symbols.Length];
        _bursts = new VolatilityBursts[_symbols.Length];
        _prices = [.. _symbols.Select(symbol => symbol.StartPrice)];
        for (int i = 0; i < _paths.Length; i++)
        {
            SyntheticSymbol symbol = _symbols[i];
            Instrument instrument = new(new InstrumentId(i), new InstrumentDefinition
            {
                Venue = new VenueId("sim-spot"),
                Symbol = symbol.Base.Code + symbol.Quote.Code,
                Base = symbol.Base,
                Quote = symbol.Quote,
                TickSize = symbol.TickSize,
                LotSize = symbol.LotSize,
            });
            _paths[i] = new SymbolPath(symbol, instrument, _spec, new RandomStream(seed, Purpose + StableHash(instrument.Symbol)));
            _bursts[i] = new VolatilityBursts(new RandomStream(seed, BurstPurpose + StableHash(instrument.Symbol)), StepLength.TotalSeconds);
        }

        _barStart = start;
    }

    /// <summary>Number of symbols.</summary>
    public int Count => _paths.Length;

    /// <summary>Factor on traded volume from mood, hour and weekday; about 1 in the mean.</summary>
    public double Volume => _market.Volume;

    /// <summary>Moves on by one step.</summary>
    public void Advance()
    {
        if (++_step == MarketFactor.Steps)
        {
            NextBar();
        }

        for (int i = 0; i < _paths.Length; i++)
        {
            _bursts[i].Advance(StepDeviation(i));
            _prices[i] = _paths[i].Steps[_step] * Math.Exp(_bursts[i].Value);
        }
    }

    /// <summary>The price of a symbol in quote currency, off the grid.</summary>
    public double Price(int symbol) => _prices[symbol];

    /// <summary>Standard deviation of a symbol's log price in one second at the moment.</summary>
    public double SecondDeviation(int symbol)
    {
        double usual = StepDeviation(symbol);
        double burst = _bursts[symbol].Deviation;
        return Math.Sqrt(((usual * usual) + (burst * burst)) * StepsPerSecond);
    }

    private double StepDeviation(int symbol)
    {
        double common = _symbols[symbol].Beta * _market.Deviation;
        double own = _paths[symbol].Deviation;
        return Math.Sqrt((common * common) + (own * own));
    }

    private void NextBar()
    {
        _step = 0;
        _market.Advance(_barStart);
        foreach (SymbolPath path in _paths)
        {
            path.Next(_market, _barStart);
        }

        _barStart = new Timestamp(_barStart.Nanos + _spec.IntervalNanos);
    }

    // FNV-1a: string.GetHashCode differs from run to run.
    private static int StableHash(string text)
    {
        uint hash = 2_166_136_261;
        foreach (char letter in text)
        {
            hash = unchecked((hash ^ letter) * 16_777_619);
        }

        return (int)(hash & 0xFF_FFFF);
    }
}
