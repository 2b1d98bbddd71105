using System.Runtime.Intrinsics;
using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>
/// Directional indicators +DI and -DI and their index DX (Wilder, 1978), 0 to 100. Wilder's sums start with n - 1 values and are
/// smoothed once before the first output, as in TA-Lib; the other smoothings use plain or exponential means.
/// </summary>
public sealed class DirectionalMovement : IIndicator
{
    private readonly TrueRange _range = new();
    private readonly DirectionalSum _ranges;
    private readonly DirectionalSum _rises;
    private readonly DirectionalSum _falls;
    private double _previousHigh = double.NaN;
    private double _previousLow = double.NaN;
    private double _dx;

    /// <summary>Creates it, warming up.</summary>
    /// <param name="period">n, 2 or more.</param>
    /// <param name="smoothing">How ranges and movements are averaged.</param>
    /// <exception cref="IndicatorParameterException">A parameter is out of range.</exception>
    public DirectionalMovement(int period = 14, Smoothing smoothing = Smoothing.Wilder)
    {
        IndicatorParameterException.RequirePeriod(period, 2);
        _ranges = new DirectionalSum(period, smoothing);
        _rises = new DirectionalSum(period, smoothing);
        _falls = new DirectionalSum(period, smoothing);
    }

    /// <inheritdoc/>
    public bool IsReady => _ranges.IsReady;

    /// <inheritdoc/>
    public int WarmUp => _ranges.WarmUp + 1;

    /// <summary>+DI.</summary>
    public double Value => PlusDi;

    /// <summary>+DI: share of the range taken by upward movement, in percent; 0 without range.</summary>
    public double PlusDi => Share(_rises.Value);

    /// <summary>-DI: share of the range taken by downward movement, in percent; 0 without range.</summary>
    public double MinusDi => Share(_falls.Value);

    /// <summary>Difference of the two over their sum, in percent; without movement the previous one, as in TA-Lib.</summary>
    public double Dx => IsReady ? _dx : double.NaN;

    /// <inheritdoc/>
    public int OutputCount => 2;

    /// <inheritdoc/>
    public double Update(in Ohlcv bar)
    {
        Advance(bar);
        return Value;
    }

    /// <summary>The update without its result, which costs a division.</summary>
    internal void Advance(in Ohlcv bar)
    {
        double up = bar.High - _previousHigh;
        double down = _previousLow - bar.Low;
        _previousHigh = bar.High;
        _previousLow = bar.Low;
        double range = _range.Update(bar);
        if (double.IsNaN(up))
        {
            return;
        }

        // The larger of the two counts; inside bars and ties count for neither side. Without branches, which could not be predicted.
        _ranges.Update(range);
        Vector128<double> moves = Vector128.Max(Vector128.Create(up, down), Vector128<double>.Zero);
        Vector128<double> mirrored = Vector128.Shuffle(moves, Vector128.Create(1L, 0));
        Vector128<double> larger = moves & Vector128.GreaterThan(moves, mirrored);
        _rises.Update(larger[0]);
        _falls.Update(larger[1]);
        double rises = _rises.Value;
        double falls = _falls.Value;
        HasDirection = _ranges.Value != 0 && rises + falls > 0;
        if (HasDirection)
        {
            _dx = 100 * (Math.Abs(rises - falls) / (rises + falls));
        }
    }

    /// <inheritdoc/>
    public double Output(int index) => index switch
    {
        0 => PlusDi,
        1 => MinusDi,
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    /// <inheritdoc/>
    public void Reset()
    {
        _range.Reset();
        _ranges.Reset();
        _rises.Reset();
        _falls.Reset();
        _previousHigh = double.NaN;
        _previousLow = double.NaN;
        _dx = 0;
        HasDirection = false;
    }

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(_range);
        writer.Write(_ranges);
        writer.Write(_rises);
        writer.Write(_falls);
        writer.Write(_previousHigh);
        writer.Write(_previousLow);
        writer.Write(_dx);
        writer.Write(HasDirection);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        reader.Read(_range);
        reader.Read(_ranges);
        reader.Read(_rises);
        reader.Read(_falls);
        _previousHigh = reader.ReadDouble();
        _previousLow = reader.ReadDouble();
        _dx = reader.ReadDouble();
        HasDirection = reader.ReadBoolean();
    }

    /// <summary>False where neither side moved, so that <see cref="Dx"/> is undefined.</summary>
    internal bool HasDirection { get; private set; }

    internal double Rises => _rises.Value;

    internal double Falls => _falls.Value;

    private double Share(double movement) => _ranges.Value == 0 ? 0 : 100 * (movement / _ranges.Value);
}
