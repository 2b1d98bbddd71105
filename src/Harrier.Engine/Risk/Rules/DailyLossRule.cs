using Harrier.Domain;

namespace Harrier.Engine.Risk.Rules;

/// <summary>
/// Bars entries for the rest of a day in which the equity at the mark has fallen by a fraction of what it was when the day began. An instant of
/// midnight belongs to the day that ends: the bar that closes then tells of that day.
/// </summary>
internal sealed class DailyLossRule(decimal? limit, TimeZoneInfo zone) : AccountLimit
{
    private long _dayEnds = long.MinValue;
    private decimal _start;
    private decimal _last;
    private decimal _reachedAt;
    private bool _isReached;
    private bool _isNear;

    public override DenyRule Rule => DenyRule.DailyLoss;

    public override bool IsOn => limit is not null;

    public override decimal Limit => limit ?? 0;

    /// <summary>True for the rest of the day once the limit was lost, whatever is won back.</summary>
    public bool HasReached => _isReached;

    public override decimal Value(Timestamp now) => _start > 0 ? (_start - _last) / _start : 0;

    public override decimal RefusedAt(Timestamp now) => _reachedAt;

    public override bool IsReached(Timestamp now) => _isReached;

    public override bool IsNear(Timestamp now) => _isNear;

    public override Timestamp? EndsAt(Timestamp now) => _isReached ? new Timestamp(_dayEnds) : null;

    public override void Measure(Timestamp now, decimal equity)
    {
        if (limit is not { } most)
        {
            return;
        }

        if (now.Nanos > _dayEnds)
        {
            BeginDay(now, equity);
        }

        _start = _start == 0 ? equity : _start;
        _last = equity;
        decimal loss = _start > 0 ? (_start - equity) / _start : 0;
        _isNear |= loss >= most * AccountRisk.NearShare;
        if (!_isReached && loss >= most)
        {
            _isReached = true;
            _reachedAt = loss;
        }
    }

    public override void Rescale(decimal factor)
    {
        _start *= factor;
        _last *= factor;
    }

    public override void Save(ref StateWriter writer)
    {
        writer.Write(_dayEnds);
        writer.Write(_start);
        writer.Write(_last);
        writer.Write(_reachedAt);
        writer.Write(_isReached);
        writer.Write(_isNear);
    }

    public override void Restore(ref StateReader reader)
    {
        _dayEnds = reader.ReadInt64();
        _start = reader.ReadDecimal();
        _last = reader.ReadDecimal();
        _reachedAt = reader.ReadDecimal();
        _isReached = reader.ReadBoolean();
        _isNear = reader.ReadBoolean();
    }

    // What was measured last is what the day began with; before the first measure there is nothing to lose.
    private void BeginDay(Timestamp now, decimal equity)
    {
        DateTime local = Local(new Timestamp(now.Nanos - 1));
        _start = _dayEnds == long.MinValue ? equity : _last;
        _dayEnds = Midnight(local.Date.AddDays(1)).Nanos;
        _isReached = _isNear = false;
    }

    private DateTime Local(Timestamp instant) => TimeZoneInfo.ConvertTime(instant.ToDateTimeOffset(), zone).DateTime;

    // Where the clock skips midnight, the day begins when it goes on.
    private Timestamp Midnight(DateTime local)
    {
        DateTime begins = local;
        while (zone.IsInvalidTime(begins))
        {
            begins = begins.AddMinutes(1);
        }

        return Timestamp.From(new DateTimeOffset(begins, zone.GetUtcOffset(begins)));
    }
}
