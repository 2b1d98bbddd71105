using Harrier.Domain;

namespace Harrier.Strategies.Breakouts;

/// <summary>A breakout that happened.</summary>
/// <param name="Level">Price of the level in quote currency.</param>
/// <param name="Time">When the bar closed that broke it.</param>
/// <param name="IsUp">Through a resistance, or down through a support.</param>
public readonly record struct PastBreakout(double Level, Timestamp Time, long IsUp)
{
    /// <summary>Side of a trade that follows it.</summary>
    public OrderSide Side => IsUp != 0 ? OrderSide.Buy : OrderSide.Sell;
}

/// <summary>Breakouts of the last seven days, the newest 256 of them: a retest follows the side of the last one at its level.</summary>
public sealed class RememberedBreakouts : IStateful
{
    /// <summary>How many are kept at most.</summary>
    public const int Capacity = 256;

    private const double Near = 0.01;
    private readonly PastBreakout[] _kept = new PastBreakout[Capacity];
    private int _count;

    /// <summary>How long one is remembered.</summary>
    public static TimeSpan Memory { get; } = TimeSpan.FromDays(7);

    /// <summary>How many are remembered.</summary>
    public int Count => _count;

    /// <summary>Remembers one, and forgets those that are too old.</summary>
    public void Add(double level, OrderSide side, Timestamp now)
    {
        Forget(now);
        if (_count == Capacity)
        {
            _kept.AsSpan(1).CopyTo(_kept);
            _count--;
        }

        _kept[_count++] = new PastBreakout(level, now, side == OrderSide.Buy ? 1 : 0);
    }

    /// <summary>The newest one within 1 % of a level that is not older than a span.</summary>
    /// <returns>Null when there is none.</returns>
    public PastBreakout? At(double level, TimeSpan within, Timestamp now)
    {
        for (int i = _count - 1; i >= 0 && now - _kept[i].Time <= within; i--)
        {
            if (Math.Abs(_kept[i].Level - level) <= Near * level)
            {
                return _kept[i];
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_count);
        for (int i = 0; i < _count; i++)
        {
            writer.WriteRaw(in _kept[i]);
        }
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        int count = reader.ReadInt32();
        if (count is < 0 or > Capacity)
        {
            throw new InvalidDataException($"{count} saved breakouts do not fit {Capacity} places");
        }

        _count = count;
        for (int i = 0; i < count; i++)
        {
            _kept[i] = reader.ReadRaw<PastBreakout>();
        }
    }

    private void Forget(Timestamp now)
    {
        int old = 0;
        while (old < _count && now - _kept[old].Time > Memory)
        {
            old++;
        }

        _kept.AsSpan(old, _count - old).CopyTo(_kept);
        _count -= old;
    }
}
