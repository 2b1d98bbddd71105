using System.Runtime.Intrinsics;
using Harrier.Domain;
using Harrier.Storage.Bars;

namespace Harrier.Storage.Market.Serving;

/// <summary>
/// Puts prices on an instrument's grid. A price that is not the double nearest to a price of the grid is moved there when it misses it by no more than
/// 1e-9 of itself and a hundredth of a tick, which is what arithmetic in floating point leaves, and is counted; any other is a fault.
/// </summary>
/// <param name="instrument">Whose grid.</param>
internal sealed class TickSnap(Instrument instrument)
{
    private const double RelativeTolerance = 1e-9;
    private const double TickTolerance = 0.01;

    private readonly double _ticksPerUnit = (double)(1 / instrument.Definition.TickSize);

    /// <summary>Prices moved so far.</summary>
    public long Snapped { get; private set; }

    /// <summary>Puts a column of prices on the grid.</summary>
    /// <param name="prices">The prices.</param>
    /// <param name="ticks">Gets the ticks; at least as long.</param>
    /// <param name="times">Open times of the bars, for a message.</param>
    /// <exception cref="BarDataException">A price is off the grid; names the bar.</exception>
    public void Convert(ReadOnlySpan<double> prices, Span<long> ticks, ReadOnlySpan<long> times)
    {
        Vector256<double> factor = Vector256.Create(_ticksPerUnit);
        int i = 0;
        for (; i <= prices.Length - Vector256<double>.Count; i += Vector256<double>.Count)
        {
            Vector256<double> price = Vector256.Create(prices[i..]);
            Vector256<long> nearest = Vector256.ConvertToInt64(Vector256.Round(price * factor));
            if (Vector256.EqualsAll(instrument.ToDouble(nearest), price))
            {
                nearest.CopyTo(ticks[i..]);
            }
            else
            {
                ConvertEach(prices.Slice(i, Vector256<double>.Count), ticks[i..], times[i..]);
            }
        }

        ConvertEach(prices[i..], ticks[i..], times[i..]);
    }

    private void ConvertEach(ReadOnlySpan<double> prices, Span<long> ticks, ReadOnlySpan<long> times)
    {
        for (int i = 0; i < prices.Length; i++)
        {
            double price = prices[i];
            double scaled = price * _ticksPerUnit;
            PriceTicks nearest = new((long)Math.Round(scaled));
            if (instrument.ToDouble(nearest) != price)
            {
                double distance = Math.Abs(price - instrument.ToDouble(nearest));
                if (!(distance <= RelativeTolerance * Math.Abs(price)) || distance * _ticksPerUnit > TickTolerance)
                {
                    throw new BarDataException(
                        "tick",
                        FormattableString.Invariant($"{instrument.Definition.TickSize}"),
                        FormattableString.Invariant($"a step that price {price} of {instrument} in the bar at {new Timestamp(times[i])} is a multiple of, within 1e-9"));
                }

                Snapped++;
            }

            ticks[i] = nearest.Value;
        }
    }
}
