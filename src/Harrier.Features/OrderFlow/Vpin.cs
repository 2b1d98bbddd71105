using Harrier.Domain;
using Harrier.Features.Indicators;
using Harrier.Features.Microstructure;

namespace Harrier.Features.OrderFlow;

/// <summary>
/// Volume-synchronized probability of informed trading (Easley, Lopez de Prado and O'Hara, 2012): the sum of |buys - sells| over the last n buckets
/// of equal volume, over n times that volume. Trades are split where a bucket is full, and sides are the aggressors', never guessed. It says little
/// beyond volume and volatility (Andersen and Bondarenko, 2014).
/// </summary>
public sealed class Vpin : ITradeFeature
{
    private readonly long _bucketLots;
    private readonly long[] _imbalances;
    private long _buys;
    private long _sells;
    private long _sum;
    private int _next;

    /// <summary>Creates it, without trades.</summary>
    /// <param name="bucketLots">Volume of a bucket in lots, 1 or more; a 50th of a day's volume is usual.</param>
    /// <param name="buckets">n, 1 or more.</param>
    /// <exception cref="IndicatorParameterException">A parameter is out of range.</exception>
    public Vpin(long bucketLots, int buckets = 50)
    {
        IndicatorParameterException.RequirePositive(bucketLots);
        _bucketLots = bucketLots;
        _imbalances = new long[IndicatorParameterException.RequirePeriod(buckets)];
    }

    /// <summary>True once n buckets are full.</summary>
    public bool IsReady => Buckets >= _imbalances.Length;

    /// <summary>Buckets that were filled.</summary>
    public int Buckets { get; private set; }

    /// <summary>0, balanced, to 1, all on one side; NaN before n buckets.</summary>
    public double Value => IsReady ? _sum / ((double)_imbalances.Length * _bucketLots) : double.NaN;

    /// <summary>A trade reached us.</summary>
    /// <param name="trade">An event of the kind <see cref="MarketEventKind.Trade"/>.</param>
    public void OnTrade(in MarketEvent trade)
    {
        long left = trade.Size.Value;
        while (left > 0)
        {
            long taken = Math.Min(left, _bucketLots - _buys - _sells);
            _buys += trade.IsSell ? 0 : taken;
            _sells += trade.IsSell ? taken : 0;
            left -= taken;
            if (_buys + _sells == _bucketLots)
            {
                CloseBucket();
            }
        }
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        foreach (long imbalance in _imbalances)
        {
            writer.Write(imbalance);
        }

        writer.Write(_buys);
        writer.Write(_sells);
        writer.Write(_next);
        writer.Write(Buckets);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        _sum = 0;
        for (int i = 0; i < _imbalances.Length; i++)
        {
            _imbalances[i] = reader.ReadInt64();
            _sum += _imbalances[i];
        }

        _buys = reader.ReadInt64();
        _sells = reader.ReadInt64();
        _next = reader.ReadPosition(_imbalances.Length - 1);
        Buckets = reader.ReadInt32();
    }

    private void CloseBucket()
    {
        long imbalance = Math.Abs(_buys - _sells);
        _sum += imbalance - _imbalances[_next];
        _imbalances[_next] = imbalance;
        _next = (_next + 1) % _imbalances.Length;
        Buckets++;
        _buys = 0;
        _sells = 0;
    }
}
