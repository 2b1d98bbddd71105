using Harrier.Domain;

namespace Harrier.Engine.Risk.Rules;

/// <summary>
/// Fires once the equity at the mark has fallen by a fraction from its peak, and stays fired until the operator resets it. Nothing else moves the peak
/// down: neither a new day nor a restart.
/// </summary>
internal sealed class KillSwitchRule(decimal? limit) : IStateful
{
    private decimal _peak;
    private decimal _firedAt;

    public bool HasFired { get; private set; }

    /// <summary>True once 80 % of the limit was lost since the last peak.</summary>
    public bool IsNear { get; private set; }

    /// <summary>Fraction lost from the peak.</summary>
    public decimal Loss { get; private set; }

    public void Measure(decimal equity)
    {
        if (limit is not { } most)
        {
            return;
        }

        if (equity >= _peak)
        {
            _peak = equity;
            IsNear = false;
        }

        Loss = _peak > 0 ? (_peak - equity) / _peak : 0;
        IsNear |= Loss >= most * AccountRisk.NearShare;
        if (!HasFired && Loss >= most)
        {
            HasFired = true;
            _firedAt = Loss;
        }
    }

    /// <summary>Money came or went: the loss stays the same fraction of what is there now.</summary>
    public void Rescale(decimal factor) => _peak *= factor;

    /// <summary>The operator has looked: from here on losses are counted anew.</summary>
    public void Reset(decimal equity)
    {
        HasFired = IsNear = false;
        _firedAt = Loss = 0;
        _peak = equity;
    }

    public DenyReason Check() => HasFired ? new DenyReason(DenyRule.KillSwitch, _firedAt, limit ?? 0) : default;

    public void Save(ref StateWriter writer)
    {
        writer.Write(_peak);
        writer.Write(Loss);
        writer.Write(_firedAt);
        writer.Write(HasFired);
        writer.Write(IsNear);
    }

    public void Restore(ref StateReader reader)
    {
        _peak = reader.ReadDecimal();
        Loss = reader.ReadDecimal();
        _firedAt = reader.ReadDecimal();
        HasFired = reader.ReadBoolean();
        IsNear = reader.ReadBoolean();
    }
}
