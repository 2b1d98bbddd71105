using Harrier.Features;
using Harrier.Features.Patterns;

namespace Harrier.Tests.Features.Patterns;

/// <summary>The accumulation told over the whole list of bars, with lists and sorts where the machine keeps counters.</summary>
internal sealed class NaiveWyckoff(IReadOnlyList<ClosedBar> b, WyckoffSettings s)
{
    private readonly List<string> _events = [];
    private int _climax = -1;
    private char _phase = '-';
    private double _support;
    private int? _rally;
    private int? _dip;
    private int _spring = -1;
    private double _springLow;
    private double _springVolume;
    private int _springKnown;
    private bool _tested;
    private int? _strength;
    private int? _last;
    private int _exit;
    private int _phaseB;

    public List<string> Tell()
    {
        for (int t = s.AverageBars + 1; t < b.Count; t++)
        {
            if (_phase != '-')
            {
                Step(t);
            }

            if (_phase is '-' or 'A' && IsClimax(t))
            {
                (_climax, _phase, _support, _rally, _dip, _spring, _tested, _strength, _last) = (t, 'A', b[t].Low, null, null, -1, false, null, null);
                Note("SC", t, t);
            }
        }

        return _events;
    }

    private double Resistance => _rally is { } at ? b[at].High : double.PositiveInfinity;

    private double Middle => (Resistance + _support) / 2;

    private void Note(string code, int index, int known) => _events.Add($"{code} {index}@{known}");

    private double Atr(int t) => Enumerable.Range(t - s.AverageBars, s.AverageBars).Average(i => Math.Max(b[i].High, b[i - 1].Close) - Math.Min(b[i].Low, b[i - 1].Close));

    private double Mean(int t) => Enumerable.Range(t - s.AverageBars, s.AverageBars).Average(i => b[i].Volume);

    private IEnumerable<ClosedBar> Bars(int from, int to) => b.Skip(from).Take(to - from + 1);

    private bool IsClimax(int t)
    {
        int from = Math.Max(0, t - s.Lookback);
        return b[t].Range >= 2 * Atr(t) && b[t].Volume >= 2 * Mean(t) && b[t].Close - b[t].Low >= 0.4 * b[t].Range && Atr(t) > 0
            && Bars(from, t - 1).All(bar => bar.Low > b[t].Low) && Bars(from, t).Max(bar => bar.High) - b[t].Low >= 4 * Atr(t);
    }

    private bool IsStrong(int t) => b[t].Close > Resistance && b[t].Volume >= 1.5 * Mean(t) && b[t].Range >= 1.5 * Atr(t)
        && b[t].High - b[t].Close <= b[t].Range / 3;

    private void Step(int t)
    {
        bool mature = t - _climax >= s.MinRangeBars;
        if (_phase is 'A' or 'B')
        {
            char before = _phase;
            if (Fell(t, before == 'B' && mature) || _phase != before || Old(t))
            {
                return;
            }

            if (before == 'A')
            {
                Stop(t, mature);
            }
            else if (mature && IsStrong(t))
            {
                Strong(t);
            }
            else if (t - 2 >= _climax && OutsideInPhaseB(t) >= s.RecoveryBars)
            {
                _phase = '-';
            }
        }
        else if (_phase == 'C')
        {
            Spring(t);
        }
        else if (_phase == 'D')
        {
            Exit(t);
        }
        else
        {
            Trend(t);
        }
    }

    private int OutsideInPhaseB(int t) => Enumerable.Range(0, t - _phaseB).TakeWhile(back => b[t - back].Close > Resistance).Count();

    private bool Old(int t)
    {
        if (t - _climax > s.MaxRangeBars)
        {
            _phase = '-';
            return true;
        }

        return false;
    }

    private bool Fell(int t, bool canSpring)
    {
        if (_dip is null && b[t].Low >= _support)
        {
            return false;
        }

        int start = _dip ?? t;
        _dip = start;
        double low = Bars(start, t).Min(bar => bar.Low);
        double allowed = Math.Min(Math.Max(Math.Max(Atr(t), 0.04 * _support), 0.25 * (Resistance - _support)), 0.5 * (Resistance - _support));
        if (_support - low > allowed || (b[t].Close <= _support && t - start >= (_rally is null ? 1 : s.RecoveryBars)))
        {
            _phase = '-';
            return true;
        }

        if (b[t].Close <= _support)
        {
            return false;
        }

        _dip = null;
        bool backed = t == start || Bars(start + 1, t).Average(bar => bar.Volume) > Bars(_climax, start - 1).Average(bar => bar.Volume);
        if (canSpring && backed && b[start].Volume < b[_climax].Volume && _support - low >= 0.1 * Atr(t))
        {
            (_spring, _springLow, _springVolume, _springKnown, _phase) = (Enumerable.Range(start, t - start + 1).First(i => b[i].Low == low), low, b[start].Volume, t, 'C');
            Note("SPRING", _spring, t);
        }
        else
        {
            _support = low;
        }

        return false;
    }

    private void Stop(int t, bool mature)
    {
        if (b[t].Close > Resistance)
        {
            _rally = null;
        }

        int from = t;
        if (_rally is null)
        {
            int peak = Enumerable.Range(_climax + 1, t - _climax).MaxBy(i => (b[i].High, i));
            if (t - peak < 2 || b[peak].High - _support < 3 * Atr(_climax))
            {
                return;
            }

            (_rally, from) = (peak, peak + 1);
            Note("AR", peak, t);
        }

        int test = Enumerable.Range(from, t - from + 1).FirstOrDefault(i => b[i].Low >= _support && b[i].Low <= _support + ((Resistance - _support) / 3)
            && b[i].Volume < b[_climax].Volume && b[i].Range < b[_climax].Range, -1);
        if (test >= 0)
        {
            Note("ST", test, t);
        }

        (_phase, _phaseB) = test >= 0 || mature ? ('B', t) : ('A', 0);
    }

    private void Spring(int t)
    {
        if (b[t].Close < _springLow)
        {
            _phase = '-';
            return;
        }

        if (Old(t))
        {
            return;
        }

        if (!_tested && t - _springKnown <= s.TestBars && b[t].Low > _springLow && b[t].Low <= Middle && b[t].Close >= _support && b[t].Volume <= 0.6 * _springVolume)
        {
            _tested = true;
            Note("TEST", t, t);
        }

        if (IsStrong(t))
        {
            Strong(t);
        }
        else if (b[t].Close > Resistance && b[t - 1].Close > Resistance && t - 1 > _springKnown)
        {
            (_phase, _exit) = ('D', t);
        }
    }

    private void Strong(int t)
    {
        _exit = _phase == 'D' ? _exit : t;
        (_phase, _strength) = ('D', t);
        Note("SOS", t, t);
    }

    private void Exit(int t)
    {
        if (b[t].Close < (_spring >= 0 ? _springLow : _support))
        {
            _phase = '-';
            return;
        }

        if (_strength is null && IsStrong(t))
        {
            Strong(t);
        }

        if (_last is null && _strength is { } sos && t - 1 > sos && b[t - 1].Close < b[t - 2].Close && b[t].Close > b[t - 1].Close && b[t - 1].Low > Middle
            && b[t - 1].Volume <= b[sos].Volume / 2 && b[t - 1].Range < b[sos].Range)
        {
            _last = t - 1;
            Note("LPS", t - 1, t);
        }

        if ((_last is not null || t - _exit >= 5) && b[t].Close > Math.Max(Resistance, b[_strength ?? _exit].High))
        {
            _phase = 'E';
            Trend(t);
        }
        else if (t - _exit > s.MaxRangeBars)
        {
            _phase = '-';
        }
    }

    private void Trend(int t)
    {
        double floor = _last is { } at ? b[at].Low : _spring >= 0 ? _springLow : _support;
        if (b[t].High >= (2 * Resistance) - _support || b[t].Close < floor || t - _exit > 200)
        {
            _phase = '-';
        }
    }
}
