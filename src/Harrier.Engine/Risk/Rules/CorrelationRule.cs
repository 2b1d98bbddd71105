using Harrier.Domain;

namespace Harrier.Engine.Risk.Rules;

/// <summary>
/// Refuses an entry that moves like a position which is there: the correlation of the returns of closed bars, times the two directions, above a limit.
/// A short against a long of the same kind spreads the risk and passes.
/// </summary>
internal sealed class CorrelationRule : IStateful
{
    private readonly double? _limit;
    private readonly int _bars;
    private readonly RecentCloses[] _closes;

    public CorrelationRule(double? limit, int bars, int instruments)
    {
        _limit = limit;
        _bars = bars;
        _closes = limit is null ? [] : [.. Enumerable.Range(0, instruments).Select(_ => new RecentCloses(bars + 2))];
    }

    public bool IsOn => _limit is not null;

    public void OnBar(InstrumentId instrument, Timestamp close, double price)
    {
        if (IsOn)
        {
            _closes[instrument.Index].Add(close, price);
        }
    }

    public DenyReason Check(InstrumentId instrument, int direction, IReadOnlyList<Exposure> others)
    {
        foreach (Exposure other in others)
        {
            DenyReason reason = Check(instrument, direction, other);
            if (reason.Rule != DenyRule.None)
            {
                return reason;
            }
        }

        return default;
    }

    public void Save(ref StateWriter writer)
    {
        foreach (RecentCloses closes in _closes)
        {
            writer.Write(closes);
        }
    }

    public void Restore(ref StateReader reader)
    {
        foreach (RecentCloses closes in _closes)
        {
            reader.Read(closes);
        }
    }

    /// <summary>Takes over the closes of instruments whose bars are the same.</summary>
    public void Succeed(CorrelationRule before, IReadOnlySet<InstrumentId> newFeeds)
    {
        for (int i = 0; i < Math.Min(before._closes.Length, _closes.Length); i++)
        {
            if (!newFeeds.Contains(new InstrumentId(i)))
            {
                Succession.Copy(before._closes[i], _closes[i]);
            }
        }
    }

    private DenyReason Check(InstrumentId instrument, int direction, Exposure other)
    {
        double correlation = 1;
        if (other.Instrument != instrument)
        {
            int common = RecentCloses.CommonReturns(_closes[instrument.Index], _closes[other.Instrument.Index], _bars);
            if (common < _bars)
            {
                return new DenyReason(DenyRule.CorrelationUnknown, common, _bars);
            }

            correlation = RecentCloses.Correlation(_closes[instrument.Index], _closes[other.Instrument.Index], _bars);
        }

        double alike = correlation * direction * other.Direction;
        return alike > _limit ? new DenyReason(DenyRule.Correlation, (decimal)alike, (decimal)_limit.Value) : default;
    }
}
