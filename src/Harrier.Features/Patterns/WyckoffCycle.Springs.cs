namespace Harrier.Features.Patterns;

/// <summary>What becomes of a price below the support.</summary>
public sealed partial class WyckoffCycle
{
    /// <summary>
    /// A bar that goes below the support and closes above it is a spring when the range is mature, the depth is right and the volume is below the
    /// climax; else the support moves to its low. A close below must come back within a few bars: the first close back decides, and is a spring only
    /// on more than the mean volume of the range so far.
    /// </summary>
    /// <returns>True when the structure ended.</returns>
    private bool FellThrough(in WyckoffBar newest, bool canSpring)
    {
        ref readonly ClosedBar bar = ref newest.Bar;
        if (_now.DipIndex < 0 && bar.Low >= _now.Support)
        {
            return false;
        }

        // Before the rally is known there is no height to measure a depth by.
        bool hasHeight = double.IsFinite(_now.Resistance);
        if (_now.DipIndex < 0)
        {
            StartDip(in newest);
        }
        else
        {
            _now.RecoveryVolume += bar.Volume;
            _now.DipLowIndex = bar.Low < _now.DipLow ? newest.Index : _now.DipLowIndex;
            _now.DipLow = Math.Min(_now.DipLow, bar.Low);
        }

        bool isTooDeep = hasHeight && _now.Support - _now.DipLow > newest.MaxSpringDepth(in _now);
        if (isTooDeep || (bar.Close <= _now.Support && newest.Index - _now.DipIndex >= (hasHeight ? _settings.RecoveryBars : 1)))
        {
            End(WyckoffEventKind.Invalidated);
            return true;
        }

        if (bar.Close > _now.Support)
        {
            EndDip(in newest, canSpring);
        }

        return false;
    }

    private void StartDip(in WyckoffBar newest)
    {
        _now.DipIndex = newest.Index;
        _now.DipLowIndex = newest.Index;
        _now.DipLow = newest.Bar.Low;
        _now.DipVolume = newest.Bar.Volume;
        _now.DipMeanVolume = (_now.VolumeSum - newest.Bar.Volume) / (newest.Index - _now.ClimaxIndex);
        _now.RecoveryVolume = 0;
    }

    private void EndDip(in WyckoffBar newest, bool canSpring)
    {
        int later = newest.Index - _now.DipIndex;
        bool isBacked = later == 0 || _now.RecoveryVolume / later > _now.DipMeanVolume;
        bool isSpring = canSpring && isBacked && _now.DipVolume < _now.ClimaxVolume
            && _now.Support - _now.DipLow >= _settings.MinSpringAtr * newest.Atr;
        _now.DipIndex = -1;
        if (!isSpring)
        {
            _now.Support = _now.DipLow;
            return;
        }

        _now.Phase = WyckoffPhase.C;
        _now.SpringIndex = _now.DipLowIndex;
        _now.SpringKnownIndex = newest.Index;
        _now.SpringLow = _now.DipLow;
        _now.SpringVolume = _now.DipVolume;
        Note(WyckoffEventKind.Spring, _now.SpringIndex, _now.SpringLow);
    }
}
