using Harrier.Domain;

namespace Harrier.Research.Metrics;

/// <summary>
/// Watches the account value once per bar group and keeps what the metrics need: drawdown, ulcer index, exposure, UTC day
/// closes; and, for files and charts, a stored curve of every bar up to <see cref="EveryBarLimit"/> bars, hourly above.
/// <see cref="Observe"/> allocates nothing as long as the run ends when its settings said.
/// </summary>
public sealed class EquityRecorder
{
    /// <summary>The largest number of bars of which every one is stored.</summary>
    public const long EveryBarLimit = 100_000;

    private const long NanosPerHour = 3600 * Timestamp.NanosPerSecond;

    private readonly bool _keepsCurve;
    private readonly bool _everyBar;
    private readonly long _firstDay;
    private double[] _dayCloses;
    private int _closedDays;
    private long _dayEnd;
    private long _last;
    private double _equity;
    private double _peak;
    private long _peakTime;
    private double _depth;
    private long _depthPeakTime;
    private long _depthTime;
    private long _depthRecovery;
    private bool _depthIsOpen;
    private double _drawdownSquares;
    private double _equitySum;
    private double _grossShareSum;
    private long _bars;
    private long _exposedBars;
    private EquityPoint[] _points;
    private double[] _pointDrawdowns;
    private int _pointCount;

    /// <summary>Reserves all memory that the expected run needs.</summary>
    /// <exception cref="ArgumentException">The initial equity is not above 0, or the end is before the start.</exception>
    public EquityRecorder(EquityRecorderSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.InitialEquity <= 0 || settings.End < settings.Start)
        {
            throw new ArgumentException($"initial equity must be above 0 and the end not before the start, got {settings}", nameof(settings));
        }

        Settings = settings;
        _keepsCurve = settings.KeepsCurve;
        _everyBar = settings.ExpectedBars <= EveryBarLimit;
        _firstDay = settings.Start.UtcDay;
        _dayEnd = (_firstDay + 1) * Timestamp.NanosPerDay;
        _last = settings.Start.Nanos;
        _equity = _peak = (double)settings.InitialEquity;
        _peakTime = _last;
        _dayCloses = new double[settings.End.UtcDay - _firstDay + 2];
        long hours = ((settings.End.Nanos - settings.Start.Nanos) / NanosPerHour) + 2;
        long points = _everyBar ? settings.ExpectedBars : Math.Min(hours, settings.ExpectedBars);
        _points = new EquityPoint[_keepsCurve ? points : 0];
        _pointDrawdowns = new double[_points.Length];
    }

    /// <summary>What the recorder was built for.</summary>
    public EquityRecorderSettings Settings { get; }

    /// <summary>Number of bar groups seen.</summary>
    public long Bars => _bars;

    /// <summary>Close time of the last bar seen; the start before the first.</summary>
    public Timestamp LastTime => new(_last);

    /// <summary>Account value at the last bar, in the numeraire; the initial equity before the first.</summary>
    public double LastEquity => _equity;

    /// <summary>The deepest drawdown of all bars, the initial equity included; null when equity never fell below a peak.</summary>
    public Drawdown? MaxDrawdown => _depth > 0
        ? new Drawdown
        {
            Depth = _depth,
            Peak = new Timestamp(_depthPeakTime),
            Trough = new Timestamp(_depthTime),
            Recovery = _depthIsOpen ? null : new Timestamp(_depthRecovery),
            LastBar = new Timestamp(_last),
        }
        : null;

    /// <summary>Root of the mean of the squared drawdowns of all bars as fractions (Martin and McCann, 1989); null without bars.</summary>
    public double? UlcerIndex => _bars > 0 ? Math.Sqrt(_drawdownSquares / _bars) : null;

    /// <summary>Share of bars at whose close a position was open, 0 to 1; null without bars.</summary>
    public double? Exposure => _bars > 0 ? (double)_exposedBars / _bars : null;

    /// <summary>Mean over all bars of gross position value / equity (bars with equity of 0 or less count as 0); null without bars.</summary>
    public double? MeanGrossExposure => _bars > 0 ? _grossShareSum / _bars : null;

    /// <summary>Mean account value over all bars in the numeraire; null without bars.</summary>
    public double? MeanEquity => _bars > 0 ? _equitySum / _bars : null;

    /// <summary>The stored curve, oldest first.</summary>
    public ReadOnlySpan<EquityPoint> Points => _points.AsSpan(0, _pointCount);

    /// <summary>
    /// For each of <see cref="Points"/> the drawdown from the highest equity of all bars so far, stored or not, as a fraction from 0 on.
    /// </summary>
    public ReadOnlySpan<double> PointDrawdowns => _pointDrawdowns.AsSpan(0, _pointCount);

    /// <summary>Takes the account value at the close of one bar group.</summary>
    /// <param name="time">Close time of the bars, later than that of the call before.</param>
    /// <param name="equity">Account value in the numeraire, finite.</param>
    /// <param name="grossExposure">Sum of the absolute values of all positions in the numeraire; 0 when flat.</param>
    /// <exception cref="InvariantException">Time did not move forward or a value is not finite.</exception>
    public void Observe(Timestamp time, double equity, double grossExposure)
    {
        long nanos = time.Nanos;
        if (nanos <= _last || !double.IsFinite(equity + grossExposure))
        {
            Refuse(time, equity, grossExposure);
        }

        if (nanos > _dayEnd)
        {
            CloseDays(nanos);
        }

        if (equity < _peak)
        {
            double drawdown = 1 - (equity / _peak);
            _drawdownSquares += drawdown * drawdown;
            if (drawdown > _depth)
            {
                Deepen(drawdown, nanos);
            }
        }
        else
        {
            _peak = equity;
            _peakTime = nanos;
            if (_depthIsOpen)
            {
                _depthIsOpen = false;
                _depthRecovery = nanos;
            }
        }

        if (grossExposure != 0)
        {
            _exposedBars++;
            _grossShareSum += equity > 0 ? grossExposure / equity : 0;
        }

        _bars++;
        _equitySum += equity;
        _equity = equity;
        _last = nanos;
    }

    /// <summary>
    /// Whether a bar belongs to the stored curve: every bar up to <see cref="EveryBarLimit"/> expected bars, above that the last bar
    /// of each UTC hour and the last bar of the run. A bar that closes on the hour belongs to the hour that ends there.
    /// </summary>
    /// <param name="time">Close time of the bar.</param>
    /// <param name="next">Close time of the bar group that follows; the largest timestamp after the last.</param>
    public bool WantsPoint(Timestamp time, Timestamp next) =>
        _keepsCurve && (_everyBar || next.Nanos > (((time.Nanos - 1) / NanosPerHour) + 1) * NanosPerHour);

    /// <summary>Stores a row of the curve; to be called after <see cref="Observe"/> of the same bar.</summary>
    public void AddPoint(in EquityPoint point)
    {
        if (_pointCount == _points.Length)
        {
            int size = Math.Max(16, 2 * _pointCount);
            Array.Resize(ref _points, size);
            Array.Resize(ref _pointDrawdowns, size);
        }

        double equity = (double)point.Equity;
        _points[_pointCount] = point;
        _pointDrawdowns[_pointCount] = 1 - (equity / Math.Max(_peak, equity));
        _pointCount++;
    }

    /// <summary>
    /// The account value at the end of each UTC day from the day of the start to that of the last bar. A day without bars
    /// repeats the close before it; a bar that closes at midnight belongs to the day that ends there.
    /// </summary>
    public DailyEquity ToDailyEquity()
    {
        double[] closes = new double[_bars == 0 ? 0 : _closedDays + 1];
        if (closes.Length > 0)
        {
            _dayCloses.AsSpan(0, _closedDays).CopyTo(closes);
            closes[^1] = _equity;
        }

        return new DailyEquity((double)Settings.InitialEquity, _firstDay, closes);
    }

    private static void Refuse(Timestamp time, double equity, double grossExposure) =>
        throw new InvariantException($"bars are observed in order with finite values, got {time}, equity {equity}, exposure {grossExposure}");

    private void Deepen(double drawdown, long nanos)
    {
        _depth = drawdown;
        _depthPeakTime = _peakTime;
        _depthTime = nanos;
        _depthIsOpen = true;
    }

    private void CloseDays(long nanos)
    {
        while (nanos > _dayEnd)
        {
            if (_closedDays == _dayCloses.Length)
            {
                Array.Resize(ref _dayCloses, Math.Max(64, 2 * _closedDays));
            }

            _dayCloses[_closedDays++] = _equity;
            _dayEnd += Timestamp.NanosPerDay;
        }
    }
}
