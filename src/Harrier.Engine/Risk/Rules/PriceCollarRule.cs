using Harrier.Domain;
using Harrier.Engine.Execution;

namespace Harrier.Engine.Risk.Rules;

/// <summary>
/// Refuses a price that is far from the median of the latest closes. An order with a price of its own is refused only for one that costs: a purchase above,
/// a sale below. One at the market is refused on either side, because the price seen now may be the mistake.
/// </summary>
internal sealed class PriceCollarRule(decimal? limit, int instruments) : IStateful
{
    private const int Closes = 5;

    private readonly long[] _closes = new long[limit is null ? 0 : instruments * Closes];
    private readonly int[] _counts = new int[limit is null ? 0 : instruments];

    public void OnBar(InstrumentId instrument, PriceTicks close)
    {
        if (limit is not null)
        {
            _closes[(instrument.Index * Closes) + (_counts[instrument.Index] % Closes)] = close.Value;
            _counts[instrument.Index]++;
        }
    }

    public GateReading Read(in OrderIntent intent, PriceTicks price)
    {
        if (limit is not { } most || _counts[intent.Instrument.Index] == 0)
        {
            return GateReading.Off(DenyRule.PriceCollar);
        }

        decimal distance = ((decimal)price.Value / Median(intent.Instrument)) - 1;
        decimal cost = intent.Type == OrderType.Market ? Math.Abs(distance) : Math.Max(0, intent.Side == OrderSide.Buy ? distance : -distance);
        return GateReading.UpTo(DenyRule.PriceCollar, cost, most);
    }

    public void Save(ref StateWriter writer)
    {
        foreach (long close in _closes)
        {
            writer.Write(close);
        }

        foreach (int count in _counts)
        {
            writer.Write(count);
        }
    }

    public void Restore(ref StateReader reader)
    {
        for (int i = 0; i < _closes.Length; i++)
        {
            _closes[i] = reader.ReadInt64();
        }

        for (int i = 0; i < _counts.Length; i++)
        {
            _counts[i] = reader.ReadInt32();
        }
    }

    /// <summary>Takes over the closes of the instruments that were there.</summary>
    public void Succeed(PriceCollarRule before)
    {
        before._closes.AsSpan(0, Math.Min(before._closes.Length, _closes.Length)).CopyTo(_closes);
        before._counts.AsSpan(0, Math.Min(before._counts.Length, _counts.Length)).CopyTo(_counts);
    }

    // Of an even number the higher of the two in the middle.
    private long Median(InstrumentId instrument)
    {
        int known = Math.Min(_counts[instrument.Index], Closes);
        Span<long> sorted = stackalloc long[known];
        _closes.AsSpan(instrument.Index * Closes, known).CopyTo(sorted);
        sorted.Sort();
        return sorted[known / 2];
    }
}
