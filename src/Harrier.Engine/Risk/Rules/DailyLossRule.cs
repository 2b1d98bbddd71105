using Harrier.Domain;

namespace Harrier.Engine.Risk.Rules;

/// <summary>
/// Bars entries for the rest of a UTC day in which the equity at the mark has fallen by a fraction of what it was when the day began. An instant of
/// midnight belongs to the day that ends: the bar that closes then tells of that day.
/// </summary>
internal sealed class DailyLossRule(decimal? limit) : IStateful
{
    private long _day = long.MinValue;
    private decimal _start;
    private decimal _last;
    private decimal _reachedAt;

    /// <summary>True for the rest of the day once the limit was lost, whatever is won back.</summary>
    public bool IsReached { get; private set; }

    /// <summary>True for the rest of the day once 80 % of the limit was lost.</summary>
    public bool IsNear { get; private set; }

    public void Measure(Timestamp now, decimal equity)
    {
        if (limit is not { } most)
        {
            return;
        }

        long day = new Timestamp(now.Nanos - 1).UtcDay;
        if (day != _day)
        {
            // What was measured last is what the day began with; before the first measure there is nothing to lose.
            _start = _day == long.MinValue ? equity : _last;
            _day = day;
            IsReached = IsNear = false;
        }

        _start = _start == 0 ? equity : _start;
        _last = equity;
        decimal loss = _start > 0 ? (_start - equity) / _start : 0;
        IsNear |= loss >= most * AccountRisk.NearShare;
        if (!IsReached && loss >= most)
        {
            IsReached = true;
            _reachedAt = loss;
        }
    }

    /// <summary>Money came or went: the loss stays the same fraction of what is there now.</summary>
    public void Rescale(decimal factor)
    {
        _start *= factor;
        _last *= factor;
    }

    public DenyReason Check() => IsReached ? new DenyReason(DenyRule.DailyLoss, _reachedAt, limit ?? 0) : default;

    public void Save(ref StateWriter writer)
    {
        writer.Write(_day);
        writer.Write(_start);
        writer.Write(_last);
        writer.Write(_reachedAt);
        writer.Write(IsReached);
        writer.Write(IsNear);
    }

    public void Restore(ref StateReader reader)
    {
        _day = reader.ReadInt64();
        _start = reader.ReadDecimal();
        _last = reader.ReadDecimal();
        _reachedAt = reader.ReadDecimal();
        IsReached = reader.ReadBoolean();
        IsNear = reader.ReadBoolean();
    }
}
