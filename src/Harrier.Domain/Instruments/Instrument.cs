using System.Runtime.Intrinsics;

namespace Harrier.Domain;

/// <summary>
/// A tradable thing at one venue with its grid and limits. Immutable: when a venue changes a tick, a new instrument with
/// a higher <see cref="Revision"/> takes its place.
/// </summary>
public sealed class Instrument
{
    private readonly double _tickNumerator;
    private readonly double _tickDenominator;
    private readonly double _lotNumerator;
    private readonly double _lotDenominator;

    // Lots in one unit of the base asset when that is a whole number: a multiplication is many times faster than a division. 0 otherwise.
    private readonly decimal _lotsPerUnit;
    private readonly decimal _safeSize;

    /// <summary>Builds the instrument and checks its grid.</summary>
    /// <exception cref="ArgumentException">Tick or lot size is not positive or has more than 18 decimals, or a limit is negative.</exception>
    public Instrument(InstrumentId id, InstrumentDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        Id = id;
        Definition = definition;
        (_tickNumerator, _tickDenominator) = Fraction(definition.TickSize, nameof(definition.TickSize));
        (_lotNumerator, _lotDenominator) = Fraction(definition.LotSize, nameof(definition.LotSize));
        _lotsPerUnit = _lotNumerator == 1 ? (decimal)_lotDenominator : 0;
        _safeSize = _lotsPerUnit != 0 ? MaxSafeLots / _lotsPerUnit : 0;
        if (definition.MinNotional < 0 || definition.MinQuantity < 0 || definition.MaxQuantity < definition.MinQuantity)
        {
            throw new ArgumentException($"limits of {definition.Symbol} must not be negative, and the largest quantity not below the smallest", nameof(definition));
        }

        MinLots = new SizeLots(Math.Max(1, (long)decimal.Ceiling(definition.MinQuantity / definition.LotSize)));
        decimal maxLots = definition.MaxQuantity / definition.LotSize;
        MaxLots = new SizeLots(maxLots >= MaxSafeLots ? MaxSafeLots : (long)decimal.Floor(maxLots));
        TickLotValue = definition.TickSize * definition.LotSize;
    }

    // Products of lots and ticks stay inside 63 bits for every price that fits 21 bits of ticks above this.
    private const long MaxSafeLots = 1L << 52;

    /// <summary>The handle inside this engine.</summary>
    public InstrumentId Id { get; }

    /// <summary>What the venue says about it.</summary>
    public InstrumentDefinition Definition { get; }

    /// <summary>The venue's symbol without separators: BTCUSDT.</summary>
    public string Symbol => Definition.Symbol;

    /// <summary>How a fill is settled.</summary>
    public InstrumentKind Kind => Definition.Kind;

    /// <summary>The asset bought and sold.</summary>
    public Asset Base => Definition.Base;

    /// <summary>The asset prices are in; also the settlement asset of a linear contract.</summary>
    public Asset Quote => Definition.Quote;

    /// <summary>The smallest order in lots, at least 1.</summary>
    public SizeLots MinLots { get; }

    /// <summary>The largest order in lots.</summary>
    public SizeLots MaxLots { get; }

    /// <summary>Smallest order value in quote currency; 0 when the venue has none.</summary>
    public decimal MinNotional => Definition.MinNotional;

    /// <summary>The value in quote currency of one lot moving by one tick.</summary>
    public decimal TickLotValue { get; }

    /// <summary>Rises by one each time the venue changes the definition.</summary>
    public int Revision => Definition.Revision;

    /// <summary>The price in quote currency, exact.</summary>
    public decimal ToDecimal(PriceTicks price) => price.Value * Definition.TickSize;

    /// <summary>The size in base currency, exact.</summary>
    public decimal ToDecimal(SizeLots size) => size.Value * Definition.LotSize;

    /// <summary>The value of a size at a price in quote currency, exact.</summary>
    public decimal Notional(SizeLots size, PriceTicks price) => (decimal)size.Value * price.Value * TickLotValue;

    /// <summary>
    /// The price as the double nearest to its decimal value: the same bits as parsing its text, as long as ticks times the tick's
    /// numerator stays below 2^53.
    /// </summary>
    public double ToDouble(PriceTicks price) => price.Value * _tickNumerator / _tickDenominator;

    /// <summary>Four prices at once, the same bits as one by one.</summary>
    /// <param name="prices">Prices in ticks.</param>
    public Vector256<double> ToDouble(Vector256<long> prices) => Vector256.ConvertToDouble(prices) * _tickNumerator / Vector256.Create(_tickDenominator);

    /// <summary>The size in base currency as the nearest double.</summary>
    public double ToDouble(SizeLots size) => size.Value * _lotNumerator / _lotDenominator;

    /// <summary>The price in ticks.</summary>
    /// <exception cref="ArgumentException">The price is not on the grid.</exception>
    public PriceTicks ToTicks(decimal price)
    {
        decimal ticks = price / Definition.TickSize;
        return ticks == decimal.Truncate(ticks)
            ? new PriceTicks((long)ticks)
            : throw new ArgumentException($"price {price} of {Symbol} is not a multiple of the tick size {Definition.TickSize}", nameof(price));
    }

    /// <summary>The size in lots.</summary>
    /// <exception cref="ArgumentException">The size is not on the grid.</exception>
    public SizeLots ToLots(decimal size)
    {
        decimal lots = size / Definition.LotSize;
        return lots == decimal.Truncate(lots)
            ? new SizeLots((long)lots)
            : throw new ArgumentException($"size {size} of {Symbol} is not a multiple of the lot size {Definition.LotSize}", nameof(size));
    }

    /// <summary>The largest size in lots that does not exceed a size in base currency; sizes are never rounded up.</summary>
    public SizeLots FloorToLots(decimal size)
    {
        decimal lots = _lotsPerUnit != 0 && size <= _safeSize ? size * _lotsPerUnit : size / Definition.LotSize;
        return new SizeLots((long)decimal.Floor(Math.Min(lots, MaxSafeLots)));
    }

    /// <summary>The nearest price on the grid at or below a price in quote currency.</summary>
    public PriceTicks FloorToTicks(double price) => new((long)Math.Floor(SnapToTick(price)));

    /// <summary>The nearest price on the grid at or above a price in quote currency.</summary>
    public PriceTicks CeilingToTicks(double price) => new((long)Math.Ceiling(SnapToTick(price)));

    /// <summary>The nearest price on the grid; a tie goes to the even tick.</summary>
    public PriceTicks RoundToTicks(double price) => new((long)Math.Round(SnapToTick(price)));

    /// <inheritdoc/>
    public override string ToString() => $"{Definition.Venue}:{Symbol}";

    // A double that stands for a price on the grid may miss it by a rounding of its last bits; it must not fall to the next tick.
    private double SnapToTick(double price)
    {
        double ticks = price * _tickDenominator / _tickNumerator;
        double nearest = Math.Round(ticks);
        return Math.Abs(ticks - nearest) <= 1e-9 * Math.Max(1, Math.Abs(ticks)) ? nearest : ticks;
    }

    private static (double Numerator, double Denominator) Fraction(decimal size, string name)
    {
        if (size <= 0)
        {
            throw new ArgumentException($"{name} must be above 0, got {size}", name);
        }

        decimal numerator = size;
        decimal denominator = 1;
        while (numerator != decimal.Truncate(numerator))
        {
            numerator *= 10;
            denominator *= 10;
            if (denominator > 1_000_000_000_000_000_000m)
            {
                throw new ArgumentException($"{name} must not have more than 18 decimals, got {size}", name);
            }
        }

        return ((double)numerator, (double)denominator);
    }
}
