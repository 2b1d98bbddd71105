using Harrier.Domain;
using Harrier.Features.Bars;

namespace Harrier.Features.Patterns;

/// <summary>
/// One schematic as a state machine that only moves forward: A climax, rally and test; B the range; C the spring; D strength; E the trend. A structure
/// that fails, or that takes too long, is given up as a whole, and the next one begins with a new climax.
/// </summary>
public sealed partial class WyckoffCycle : IStateful
{
    private const int MaxTrendBars = 200;
    private const int BarsToTrend = 5;

    private readonly WyckoffSettings _settings;
    private readonly WyckoffSchematic _schematic;
    private readonly EventLog<WyckoffEvent> _events;
    private readonly EventLog<WyckoffSignal> _signals;
    private readonly RecentBars _bars;
    private readonly int _sign;
    private WyckoffStructure _now = new();

    internal WyckoffCycle(WyckoffSettings settings, WyckoffSchematic schematic, EventLog<WyckoffEvent> events, EventLog<WyckoffSignal> signals)
    {
        _settings = settings;
        _schematic = schematic;
        _events = events;
        _signals = signals;
        _bars = new RecentBars(settings.Kept);
        _sign = schematic == WyckoffSchematic.Accumulation ? 1 : -1;
    }

    /// <summary>How far the structure has come.</summary>
    public WyckoffPhase Phase => _now.Phase;

    /// <summary>Structures begun so far; the number of the present one.</summary>
    public int Structures { get; private set; }

    /// <summary>Number of the bar of the climax; -1 without a structure.</summary>
    public int ClimaxIndex => _now.ClimaxIndex;

    /// <summary>Lower edge of the range in quote currency; NaN until it is known.</summary>
    public double Support => _sign > 0 ? _now.Support : Known(-_now.Resistance);

    /// <summary>Upper edge of the range in quote currency; NaN until it is known.</summary>
    public double Resistance => _sign > 0 ? Known(_now.Resistance) : -_now.Support;

    /// <summary>The extreme of the spring, in a distribution of the upthrust, in quote currency; NaN until there is one.</summary>
    public double SpringPrice => _sign * _now.SpringLow;

    /// <summary>The height of the range beyond it, in quote currency; NaN until the range is known.</summary>
    public double Target => Known(_sign * _now.Target);

    /// <summary>Signs of large traders in the range, 0 to 100; 0 without a structure.</summary>
    public double Institutional => Phase == WyckoffPhase.None ? 0 : _now.Institutional.Value;

    /// <summary>What the structure is worth, 0 to 100; see <see cref="WyckoffScore.Strength"/>.</summary>
    public double Strength => Phase == WyckoffPhase.None ? 0 : WyckoffScore.Strength(_now.Parts, Institutional, _now.Institutional.Spikes);

    /// <summary>0 to 1; see <see cref="WyckoffScore.Confidence"/>.</summary>
    public double Confidence => WyckoffScore.Confidence(Strength);

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_bars);
        writer.WriteRaw(in _now);
        writer.Write(Structures);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        reader.Read(_bars);
        _now = reader.ReadRaw<WyckoffStructure>();
        Structures = reader.ReadInt32();
    }

    internal void OnBar(in ClosedBar bar)
    {
        _bars.Add(_sign > 0 ? bar : Mirrored(in bar));
        if (_bars.Last - _settings.AverageBars - 1 < _bars.First)
        {
            return;
        }

        WyckoffBar newest = new(
            _bars,
            _settings,
            _bars.MeanTrueRangeBefore(_bars.Last, _settings.AverageBars),
            _bars.MeanVolumeBefore(_bars.Last, _settings.AverageBars));
        if (Phase != WyckoffPhase.None)
        {
            _now.VolumeSum += newest.Bar.Volume;
            _now.Institutional.Add(in newest.Bar, _bars[newest.Index - 1].Close, newest.MeanVolume, (_now.Support, _now.Resistance));
            Advance(in newest);
        }

        if (Phase is WyckoffPhase.None or WyckoffPhase.A && newest.IsClimax())
        {
            Begin(in newest);
        }
    }

    private static ClosedBar Mirrored(in ClosedBar bar) => bar with
    {
        Values = bar.Values with { Open = -bar.Open, High = -bar.Low, Low = -bar.High, Close = -bar.Close },
        TakerBuyVolume = bar.Volume - bar.TakerBuyVolume,
    };

    private static double Known(double value) => double.IsFinite(value) ? value : double.NaN;

    private void Advance(in WyckoffBar newest)
    {
        switch (Phase)
        {
            case WyckoffPhase.A:
                StopTrend(in newest);
                break;
            case WyckoffPhase.B:
                BuildCause(in newest);
                break;
            case WyckoffPhase.C:
                TestRange(in newest);
                break;
            case WyckoffPhase.D:
                LeaveRange(in newest);
                break;
            default:
                FollowTrend(in newest);
                break;
        }
    }

    // Also from phase A: a lower climax makes the first one a part of the fall.
    private void Begin(in WyckoffBar newest)
    {
        ref readonly ClosedBar bar = ref newest.Bar;
        int preliminary = newest.FindPreliminarySupport();
        _now = new WyckoffStructure
        {
            Phase = WyckoffPhase.A,
            Support = bar.Low,
            ClimaxIndex = newest.Index,
            ClimaxVolume = bar.Volume,
            ClimaxRange = bar.Range,
            ClimaxAtr = newest.Atr,
            VolumeSum = bar.Volume,
        };
        _now.Institutional.Add(in bar, _bars[newest.Index - 1].Close, newest.MeanVolume, (_now.Support, _now.Resistance));
        Structures++;
        if (preliminary >= 0)
        {
            Note(WyckoffEventKind.PreliminarySupport, preliminary, _bars[preliminary].Low);
        }

        Note(WyckoffEventKind.Climax, newest.Index, bar.Low);
    }

    private void End(WyckoffEventKind how)
    {
        _now.Phase = WyckoffPhase.None;
        Note(how, _bars.Last, _bars[_bars.Last].Close);
        _now = new WyckoffStructure();
    }

    private void Note(WyckoffEventKind kind, int index, double price) => Note(kind, index, price, _bars[index].OpenTime);

    private void Note(WyckoffEventKind kind, int index, double price, Timestamp time) =>
        _events.Add(new WyckoffEvent(_sign * price, time, _bars[_bars.Last].CloseTime, index, _bars.Last, Structures, kind, _schematic, Phase));

    // A structure proposes one trade, and none whose stop or target is on the wrong side.
    private void Signal(in WyckoffBar newest, double low)
    {
        double entry = newest.Bar.Close;
        double stop = low - (_settings.StopAtr * newest.Atr);
        if (_now.SignalIndex >= 0 || !(stop < entry) || !(entry < _now.Target))
        {
            return;
        }

        _now.SignalIndex = newest.Index;
        _signals.Add(new WyckoffSignal(_sign * entry, _sign * stop, _sign * _now.Target, Confidence, newest.Bar.CloseTime, newest.Index, _schematic));
    }
}
