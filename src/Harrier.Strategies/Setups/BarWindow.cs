using Harrier.Domain;
using Harrier.Features;

namespace Harrier.Strategies.Setups;

/// <summary>The last bars of a series and what breakouts are measured by.</summary>
public sealed class BarWindow : IStateful
{
    /// <summary>How many bars are kept.</summary>
    public const int Length = 20;

    private readonly Ohlcv[] _bars = new Ohlcv[Length];
    private int _next;

    /// <summary>Bars kept, at most <see cref="Length"/>.</summary>
    public int Count { get; private set; }

    /// <summary>True once there are as many as are kept.</summary>
    public bool IsFull => Count == Length;

    /// <summary>A bar by its age: 0 is the newest.</summary>
    public ref readonly Ohlcv this[int age] => ref _bars[(_next - 1 - age + (2 * Length)) % Length];

    /// <summary>Volume of the newest bar over the median of the 19 bars before it; NaN while there are fewer, or they had none.</summary>
    public double VolumeSurge
    {
        get
        {
            if (!IsFull)
            {
                return double.NaN;
            }

            Span<double> volumes = stackalloc double[Length - 1];
            for (int i = 0; i < volumes.Length; i++)
            {
                volumes[i] = this[i + 1].Volume;
            }

            volumes.Sort();
            double median = volumes[volumes.Length / 2];
            return median > 0 ? this[0].Volume / median : double.NaN;
        }
    }

    /// <summary>Mean volume of the newest 5 bars over that of the 15 before them; NaN while there are fewer, or they had none.</summary>
    public double VolumeActivity
    {
        get
        {
            double before = MeanVolume(5, Length);
            return IsFull && before > 0 ? MeanVolume(0, 5) / before : double.NaN;
        }
    }

    /// <summary>Volume-weighted mean of the typical prices of the bars kept; NaN without volume.</summary>
    public double Vwap
    {
        get
        {
            double value = 0;
            double volume = 0;
            for (int i = 0; i < Count; i++)
            {
                value += this[i].TypicalPrice * this[i].Volume;
                volume += this[i].Volume;
            }

            return volume > 0 ? value / volume : double.NaN;
        }
    }

    /// <summary>Takes a closed bar.</summary>
    public void Add(in Ohlcv bar)
    {
        _bars[_next] = bar;
        _next = (_next + 1) % Length;
        Count = Math.Min(Count + 1, Length);
    }

    /// <summary>Lowest low of the newest bars, as many as there are of <paramref name="count"/>; NaN without bars.</summary>
    public double LowestLow(int count)
    {
        double lowest = double.NaN;
        for (int i = 0; i < Math.Min(count, Count); i++)
        {
            lowest = this[i].Low >= lowest ? lowest : this[i].Low;
        }

        return lowest;
    }

    /// <summary>Highest high of the newest bars, as many as there are of <paramref name="count"/>; NaN without bars.</summary>
    public double HighestHigh(int count)
    {
        double highest = double.NaN;
        for (int i = 0; i < Math.Min(count, Count); i++)
        {
            highest = this[i].High <= highest ? highest : this[i].High;
        }

        return highest;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(Count);
        for (int i = Count - 1; i >= 0; i--)
        {
            writer.WriteRaw(in this[i]);
        }
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        int count = reader.ReadInt32();
        if (count is < 0 or > Length)
        {
            throw new InvalidDataException($"a saved window of {count} bars does not fit {Length} places");
        }

        Count = 0;
        _next = 0;
        for (int i = 0; i < count; i++)
        {
            Ohlcv bar = reader.ReadRaw<Ohlcv>();
            Add(in bar);
        }
    }

    private double MeanVolume(int from, int to)
    {
        double sum = 0;
        for (int i = from; i < Math.Min(to, Count); i++)
        {
            sum += this[i].Volume;
        }

        return sum / (to - from);
    }
}
