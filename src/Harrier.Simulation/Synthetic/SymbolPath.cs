using Harrier.Domain;
using Harrier.Simulation.Randomness;

namespace Harrier.Simulation.Synthetic;

/// <summary>One symbol of the synthetic market: turns the market's returns and its own into bars on its grid.</summary>
internal sealed class SymbolPath
{
    private const double JumpsPerDay = 0.06;
    private const double JumpDeviation = 0.02;

    // Keeps a price within a few multiples of its start over many years without showing in a month.
    private const double HomePullPerDay = 0.002;
    private readonly SyntheticSymbol _symbol;
    private readonly Instrument _instrument;
    private readonly BarSpec _spec;
    private readonly RandomStream _random;
    private readonly ClusteredVolatility _volatility;
    private readonly double _barDays;
    private readonly double _tick;
    private readonly double _lot;
    private readonly double[] _steps = new double[MarketFactor.Steps];
    private double _price;

    /// <summary>A symbol at its start price.</summary>
    public SymbolPath(SyntheticSymbol symbol, Instrument instrument, BarSpec spec, RandomStream random)
    {
        _symbol = symbol;
        _instrument = instrument;
        _spec = spec;
        _random = random;
        _barDays = spec.IntervalNanos / (double)Timestamp.NanosPerDay;
        _volatility = new ClusteredVolatility(random, _barDays);
        _tick = (double)symbol.TickSize;
        _lot = (double)symbol.LotSize;
        _price = symbol.StartPrice;
    }

    /// <summary>Prices at the ends of the steps of the current bar, off the grid.</summary>
    public ReadOnlySpan<double> Steps => _steps;

    /// <summary>Standard deviation of what is the symbol's own in one step of the current bar in log price.</summary>
    public double Deviation { get; private set; }

    /// <summary>Makes the bar of the market's current step.</summary>
    public Bar Next(MarketFactor market, Timestamp openTime)
    {
        // The first trade of a bar is rarely the last one of the bar before, but next to it.
        PriceTicks open = ToTicks(_price) + (_random.NextInt32(3) - 1);
        open = open.Value < 1 ? new PriceTicks(1) : open;
        double high = _price;
        double low = _price;
        double start = _price;
        double path = 0;
        Deviation = _symbol.OwnVolatility * market.Activity * _volatility.Advance() * Math.Sqrt(_barDays / MarketFactor.Steps);
        double pull = -HomePullPerDay * _barDays / MarketFactor.Steps * Math.Log(_price / _symbol.StartPrice);
        int jumpAt = _random.NextDouble() < 1 - Math.Exp(-JumpsPerDay * _barDays) ? _random.NextInt32(MarketFactor.Steps) : -1;
        for (int i = 0; i < MarketFactor.Steps; i++)
        {
            double step = (_symbol.Beta * market.Returns[i]) + (Deviation * _random.NextNormal()) + pull;
            step += i == jumpAt ? JumpDeviation * MarketFactor.Jump(_random) : 0;

            // The exponential's series to second order: no price below zero for any step above -1, and no slow function per step.
            step = Math.Clamp(step, -0.5, 0.5);
            _price *= 1 + step + (0.5 * step * step);
            _steps[i] = _price;
            path += Math.Abs(step);
            high = Math.Max(high, _price);
            low = Math.Min(low, _price);
        }

        PriceTicks close = ToTicks(_price);
        double change = (_price / start) - 1;
        return WithVolume(market, change, path, new Bar
        {
            OpenTime = openTime,
            Open = open,
            High = Max(Max(open, close), ToTicks(high)),
            Low = Min(Min(open, close), ToTicks(low)),
            Close = close,
            Spec = _spec,
            Instrument = _instrument.Id,
        });
    }

    // Volume follows the length of the path (Clark 1973: volume and volatility share one cause); takers buy more in rising bars.
    private Bar WithVolume(MarketFactor market, double change, double path, Bar bar)
    {
        double usualPath = 0.8 * 0.03 * Math.Sqrt(_barDays * MarketFactor.Steps) * Math.Sqrt((_symbol.Beta * _symbol.Beta) + 0.1);
        double noise = Math.Exp((0.35 * _random.NextNormal()) - 0.06);
        double mean = _symbol.DailyVolume * _barDays * market.Volume * (0.35 + (0.65 * path / usualPath));
        double volume = Math.Max(1, Math.Round(mean * noise / _lot)) * _lot;
        double buyShare = Math.Clamp(0.5 + (0.22 * change / Math.Max(path, 1e-12) * Math.Sqrt(MarketFactor.Steps)) + (0.05 * _random.NextNormal()), 0.02, 0.98);
        double trades = volume / _symbol.TradeSize * Math.Exp(0.2 * _random.NextNormal());
        double typical = ((double)(bar.High.Value + bar.Low.Value + bar.Close.Value)) / 3 * _tick;
        return bar with
        {
            Volume = Round(volume),
            QuoteVolume = Math.Round(volume * typical, 4),
            TakerBuyVolume = Round(Math.Round(volume * buyShare / _lot) * _lot),
            TradeCount = (int)Math.Clamp(trades, 1, int.MaxValue),
        };
    }

    // Multiplying by a lot such as 0.001 leaves dust behind the last decimal; a recorded volume has none.
    private double Round(double volume) => Math.Round(volume, _symbol.LotSize.Scale);

    private PriceTicks ToTicks(double price) => new(Math.Max(1, (long)Math.Round(price / _tick)));

    private static PriceTicks Max(PriceTicks left, PriceTicks right) => left > right ? left : right;

    private static PriceTicks Min(PriceTicks left, PriceTicks right) => left < right ? left : right;
}
