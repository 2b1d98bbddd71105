using Harrier.Domain;

namespace Harrier.Engine.Risk.Rules;

/// <summary>
/// Is reached once the equity at the mark has fallen by a fraction from its peak, and stays so until the operator resets it. Nothing else moves the peak
/// down: neither a new day nor a restart. The kill switch is reached at its limit, the largest drawdown beyond it.
/// </summary>
/// <param name="rule">The rule that it stands for.</param>
/// <param name="limit">The fraction; null when it is off.</param>
/// <param name="allowsLimit">True when a fall of exactly the limit is still allowed.</param>
internal sealed class PeakLossRule(DenyRule rule, decimal? limit, bool allowsLimit) : AccountLimit
{
    private decimal _peak;
    private decimal _loss;
    private decimal _firedAt;
    private bool _hasFired;
    private bool _isNear;

    public override DenyRule Rule => rule;

    public override bool IsOn => limit is not null;

    public override decimal Limit => limit ?? 0;

    public bool HasFired => _hasFired;

    public override decimal Value(Timestamp now) => _loss;

    public override decimal RefusedAt(Timestamp now) => _firedAt;

    public override bool IsReached(Timestamp now) => _hasFired;

    public override bool IsNear(Timestamp now) => _isNear;

    public override void Measure(Timestamp now, decimal equity)
    {
        if (limit is not { } most)
        {
            return;
        }

        if (equity >= _peak)
        {
            _peak = equity;
            _isNear = false;
        }

        _loss = _peak > 0 ? (_peak - equity) / _peak : 0;
        _isNear |= _loss >= most * AccountRisk.NearShare;
        if (!_hasFired && (allowsLimit ? _loss > most : _loss >= most))
        {
            _hasFired = true;
            _firedAt = _loss;
        }
    }

    public override void Rescale(decimal factor) => _peak *= factor;

    /// <summary>The operator has looked: from here on losses are counted anew.</summary>
    public void Reset(decimal equity)
    {
        _hasFired = _isNear = false;
        _firedAt = _loss = 0;
        _peak = equity;
    }

    public override void Save(ref StateWriter writer)
    {
        writer.Write(_peak);
        writer.Write(_loss);
        writer.Write(_firedAt);
        writer.Write(_hasFired);
        writer.Write(_isNear);
    }

    public override void Restore(ref StateReader reader)
    {
        _peak = reader.ReadDecimal();
        _loss = reader.ReadDecimal();
        _firedAt = reader.ReadDecimal();
        _hasFired = reader.ReadBoolean();
        _isNear = reader.ReadBoolean();
    }
}
