using Harrier.Domain;
using Harrier.Features.Bars;
using Harrier.Features.Indicators;

namespace Harrier.Features.OrderFlow;

/// <summary>
/// Volume by price of the last bars. A bar does not say at which price its volume was traded: it is spread evenly over the bar's range, an
/// estimate; <see cref="TradeProfile"/> measures. Computed when it is read.
/// </summary>
public sealed class VolumeProfile : IBarFeature
{
    private readonly VolumeProfileSettings _settings;
    private readonly RecentBars _bars;
    private readonly double[] _volumes;
    private int _computedAt = -1;
    private ValueArea _area;
    private double _low;
    private double _height;

    /// <summary>Creates it, without bars.</summary>
    /// <param name="settings">How it is made; default: as in <see cref="VolumeProfileSettings"/>.</param>
    /// <exception cref="IndicatorParameterException">A setting is out of range.</exception>
    public VolumeProfile(VolumeProfileSettings? settings = null)
    {
        _settings = (settings ?? new VolumeProfileSettings()).Checked();
        _bars = new RecentBars(_settings.Window);
        _volumes = new double[_settings.Rows];
    }

    /// <summary>True from the first bar on.</summary>
    public bool IsReady => _bars.Count > 0;

    /// <summary>The middle of the row with the most volume, in quote currency; NaN before the first bar.</summary>
    public double PointOfControl => Computed(static p => p._low + ((p._area.PointOfControl + 0.5) * p._height));

    /// <summary>Upper edge of the value area, in quote currency; NaN before the first bar.</summary>
    public double ValueAreaHigh => Computed(static p => p._low + ((p._area.High + 1) * p._height));

    /// <summary>Lower edge of the value area, in quote currency; NaN before the first bar.</summary>
    public double ValueAreaLow => Computed(static p => p._low + (p._area.Low * p._height));

    /// <summary>Part of the volume inside the value area; NaN without volume.</summary>
    public double ValueAreaShare => Computed(static p => p._area.Volume / p._area.Total);

    /// <summary>Volume of each row, lowest first, in base currency; all 0 before the first bar.</summary>
    public ReadOnlySpan<double> Rows
    {
        get
        {
            Compute();
            return _volumes;
        }
    }

    /// <summary>Lower edge of the first row, in quote currency; NaN before the first bar.</summary>
    public double LowestPrice => Computed(static p => p._low);

    /// <summary>Height of a row, in quote currency; 0 while all prices are the same, NaN before the first bar.</summary>
    public double RowHeight => Computed(static p => p._height);

    /// <summary>When the newest bar was complete.</summary>
    public Timestamp KnownAt => IsReady ? _bars[_bars.Last].CloseTime : default;

    /// <inheritdoc/>
    public void OnBar(in ClosedBar bar) => _bars.Add(in bar);

    /// <inheritdoc/>
    public void Save(ref StateWriter writer) => writer.Write(_bars);

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        reader.Read(_bars);
        _computedAt = -1;
    }

    private double Computed(Func<VolumeProfile, double> read)
    {
        Compute();
        return IsReady ? read(this) : double.NaN;
    }

    private void Compute()
    {
        if (_computedAt == _bars.Count || !IsReady)
        {
            return;
        }

        _computedAt = _bars.Count;
        Array.Clear(_volumes);
        _low = _bars.LowestLow(_bars.First, _bars.Last);
        _height = (_bars.HighestHigh(_bars.First, _bars.Last) - _low) / _volumes.Length;
        for (int i = _bars.First; i < _bars.Count; i++)
        {
            Spread(in _bars[i]);
        }

        _area = ValueArea.Of(_volumes, _settings.Rule, _settings.Share);
    }

    private void Spread(in ClosedBar bar)
    {
        int first = RowOf(bar.Low);
        int last = RowOf(bar.High);
        if (first == last)
        {
            _volumes[first] += bar.Volume;
            return;
        }

        for (int row = first; row <= last; row++)
        {
            double covered = Math.Min(bar.High, _low + ((row + 1) * _height)) - Math.Max(bar.Low, _low + (row * _height));
            _volumes[row] += bar.Volume * Math.Max(0, covered) / bar.Range;
        }
    }

    private int RowOf(double price) => _height > 0 ? Math.Clamp((int)((price - _low) / _height), 0, _volumes.Length - 1) : _volumes.Length / 2;
}
