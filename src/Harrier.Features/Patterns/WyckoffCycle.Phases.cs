namespace Harrier.Features.Patterns;

/// <summary>What moves a structure from one phase to the next.</summary>
public sealed partial class WyckoffCycle
{
    private void StopTrend(in WyckoffBar newest)
    {
        ref readonly ClosedBar bar = ref newest.Bar;
        if (FellThrough(in newest, canSpring: false) || IsOld(in newest))
        {
            return;
        }

        if (bar.High >= _now.PeakHigh)
        {
            _now.PeakHigh = bar.High;
            _now.PeakIndex = newest.Index;
            _now.PeakTime = bar.OpenTime;
        }

        // Until a test ends the phase, a close above the rally carries it on.
        if (_now.RallyIndex >= 0 && bar.Close > _now.Resistance)
        {
            _now.RallyIndex = -1;
            _now.Resistance = double.PositiveInfinity;
        }

        int from = newest.Index;
        if (_now.RallyIndex < 0)
        {
            bool isHigh = newest.Index - _now.PeakIndex >= 2 && _now.PeakHigh - _now.Support >= _settings.MinHeightAtr * _now.ClimaxAtr;
            if (!isHigh)
            {
                return;
            }

            _now.RallyIndex = _now.PeakIndex;
            _now.Resistance = _now.PeakHigh;
            from = _now.PeakIndex + 1;
            Note(WyckoffEventKind.AutomaticRally, _now.RallyIndex, _now.Resistance, _now.PeakTime);
        }

        LookForTest(in newest, Math.Max(from, _bars.First));
    }

    private void LookForTest(in WyckoffBar newest, int from)
    {
        for (int i = from; i <= newest.Index; i++)
        {
            if (WyckoffBar.IsSecondaryTest(in _bars[i], in _now))
            {
                _now.Phase = WyckoffPhase.B;
                Note(WyckoffEventKind.SecondaryTest, i, _bars[i].Low);
                return;
            }
        }

        // A range that holds long enough needs no test to be one.
        _now.Phase = IsMature(in newest) ? WyckoffPhase.B : WyckoffPhase.A;
    }

    private void BuildCause(in WyckoffBar newest)
    {
        if (FellThrough(in newest, IsMature(in newest)) || Phase != WyckoffPhase.B || IsOld(in newest))
        {
            return;
        }

        if (IsMature(in newest) && newest.IsStrength(_now.Resistance))
        {
            ShowStrength(in newest);
            return;
        }

        _now.OutsideCloses = newest.Bar.Close > _now.Resistance ? _now.OutsideCloses + 1 : 0;
        if (_now.OutsideCloses >= _settings.RecoveryBars)
        {
            End(WyckoffEventKind.Invalidated);
        }
    }

    private void TestRange(in WyckoffBar newest)
    {
        ref readonly ClosedBar bar = ref newest.Bar;
        if (bar.Close < _now.SpringLow)
        {
            End(WyckoffEventKind.Invalidated);
            return;
        }

        if (IsOld(in newest))
        {
            return;
        }

        if (_now.TestIndex < 0 && newest.Index - _now.SpringKnownIndex <= _settings.TestBars && bar.Low > _now.SpringLow && bar.Low <= _now.Middle
            && bar.Close >= _now.Support && bar.Volume <= _settings.TestVolumeShare * _now.SpringVolume)
        {
            _now.TestIndex = newest.Index;
            Note(WyckoffEventKind.Test, newest.Index, bar.Low);
            Signal(in newest, _now.SpringLow);
        }

        if (newest.IsStrength(_now.Resistance))
        {
            ShowStrength(in newest);
            return;
        }

        // Two closes outside leave the range even without strength.
        _now.OutsideCloses = bar.Close > _now.Resistance ? _now.OutsideCloses + 1 : 0;
        if (_now.OutsideCloses >= 2)
        {
            Leave(in newest);
            Signal(in newest, _now.SpringLow);
        }
    }

    private void LeaveRange(in WyckoffBar newest)
    {
        ref readonly ClosedBar bar = ref newest.Bar;
        if (bar.Close < _now.Floor)
        {
            End(WyckoffEventKind.Invalidated);
            return;
        }

        if (_now.StrengthIndex < 0 && newest.IsStrength(_now.Resistance))
        {
            ShowStrength(in newest);
        }

        LookForLastPoint(in newest);
        bool isPulledBack = _now.SupportIndex >= 0 || newest.Index - _now.ExitIndex >= BarsToTrend;
        if (isPulledBack && bar.Close > Math.Max(_now.Resistance, _now.StrengthHigh))
        {
            _now.Phase = WyckoffPhase.E;
            FollowTrend(in newest);
            return;
        }

        if (newest.Index - _now.ExitIndex > _settings.MaxRangeBars)
        {
            End(WyckoffEventKind.Invalidated);
        }
    }

    // The bar before the newest: a pull-back in the upper half, quieter than the strength before it, with the newest bar up again.
    private void LookForLastPoint(in WyckoffBar newest)
    {
        int at = newest.Index - 1;
        if (_now.SupportIndex >= 0 || _now.StrengthIndex < 0 || at <= _now.StrengthIndex)
        {
            return;
        }

        ref readonly ClosedBar back = ref _bars[at];
        if (back.Close < _bars[at - 1].Close && newest.Bar.Close > back.Close && back.Low > _now.Middle
            && 2 * back.Volume <= _now.StrengthVolume && back.Range < _now.StrengthRange)
        {
            _now.SupportIndex = at;
            _now.SupportLow = back.Low;
            Note(WyckoffEventKind.LastPointOfSupport, at, back.Low);
            if (_settings.TradesWithoutSpring || _now.SpringIndex >= 0)
            {
                Signal(in newest, back.Low);
            }
        }
    }

    private void FollowTrend(in WyckoffBar newest)
    {
        ref readonly ClosedBar bar = ref newest.Bar;
        if (bar.High >= _now.Target)
        {
            End(WyckoffEventKind.Completed);
        }
        else if (bar.Close < (_now.SupportIndex >= 0 ? _now.SupportLow : _now.Floor) || newest.Index - _now.ExitIndex > MaxTrendBars)
        {
            End(WyckoffEventKind.Invalidated);
        }
    }

    private void ShowStrength(in WyckoffBar newest)
    {
        ref readonly ClosedBar bar = ref newest.Bar;
        if (Phase != WyckoffPhase.D)
        {
            Leave(in newest);
        }

        _now.StrengthIndex = newest.Index;
        _now.StrengthHigh = bar.High;
        _now.StrengthVolume = bar.Volume;
        _now.StrengthRange = bar.Range;
        Note(WyckoffEventKind.SignOfStrength, newest.Index, bar.Close);
        if (_now.SpringIndex >= 0)
        {
            Signal(in newest, _now.SpringLow);
        }
    }

    private void Leave(in WyckoffBar newest)
    {
        _now.Phase = WyckoffPhase.D;
        _now.ExitIndex = newest.Index;
        _now.StrengthHigh = newest.Bar.High;
    }

    private bool IsMature(in WyckoffBar newest) => newest.Index - _now.ClimaxIndex >= _settings.MinRangeBars;

    private bool IsOld(in WyckoffBar newest)
    {
        bool isOld = newest.Index - _now.ClimaxIndex > _settings.MaxRangeBars;
        if (isOld)
        {
            End(WyckoffEventKind.Invalidated);
        }

        return isOld;
    }
}
