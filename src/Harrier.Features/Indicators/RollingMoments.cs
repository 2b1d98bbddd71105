using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>
/// Mean and squared deviations of the last n values in constant amortised time. The window is the tail of one block of n values joined with
/// the head of the next, as in <see cref="RollingFold{TFold}"/>, and the two are merged as Chan, Golub and LeVeque (1983) do. Each part is
/// measured from one of its own values, so the numbers squared are as small as the moves inside the window: neither tiny prices nor
/// small moves on large ones lose digits, nothing drifts, and a flat window gives exactly 0.
/// </summary>
internal sealed class RollingMoments : IStateful
{
    private readonly int _period;
    private readonly double[] _inverses;

    // Below _position: values of the block being filled. From it on: means of the previous block from there to its end.
    private readonly double[] _tailMeans;
    private readonly double[] _tailSquares;
    private double _tailOrigin;
    private double _headOrigin;
    private double _headSum;
    private double _headSquares;
    private int _position;

    public RollingMoments(int period)
    {
        _period = period;
        _tailMeans = new double[period + 1];
        _tailSquares = new double[period + 1];
        _inverses = new double[period + 1];
        for (int i = 1; i <= period; i++)
        {
            _inverses[i] = 1.0 / i;
        }
    }

    public bool IsReady { get; private set; }

    /// <summary>Mean of the window.</summary>
    public double Mean { get; private set; } = double.NaN;

    /// <summary>Newest value minus <see cref="Mean"/>, exact where the difference of the rounded numbers would not be.</summary>
    public double Distance { get; private set; } = double.NaN;

    /// <summary>Sum of squared deviations from the mean.</summary>
    public double SquaredDeviations { get; private set; } = double.NaN;

    /// <summary>Adds the newest value; returns true when the window is full and the results are defined.</summary>
    public bool Update(double value)
    {
        int position = _position;
        if (position == 0)
        {
            _headOrigin = value;
            _headSum = 0;
            _headSquares = 0;
        }

        _tailMeans[position++] = value;
        _position = position;
        double distance = value - _headOrigin;
        _headSum += distance;
        _headSquares += distance * distance;
        bool isBlockFull = position == _period;
        if (IsReady || isBlockFull)
        {
            Merge(position, distance);
        }

        if (isBlockFull)
        {
            CloseBlock(value);
            IsReady = true;
        }

        return IsReady;
    }

    /// <summary>Standard deviation of the window.</summary>
    public double StandardDeviation(Deviation deviation) =>
        Math.Sqrt(SquaredDeviations / (deviation == Deviation.Population ? _period : _period - 1));

    public void Reset()
    {
        Array.Clear(_tailMeans);
        Array.Clear(_tailSquares);
        _tailOrigin = 0;
        _headOrigin = 0;
        _headSum = 0;
        _headSquares = 0;
        _position = 0;
        IsReady = false;
        Mean = double.NaN;
        Distance = double.NaN;
        SquaredDeviations = double.NaN;
    }

    public void Save(ref StateWriter writer)
    {
        writer.Write(_tailMeans);
        writer.Write(_tailSquares);
        writer.Write(_tailOrigin);
        writer.Write(_headOrigin);
        writer.Write(_headSum);
        writer.Write(_headSquares);
        writer.Write(_position);
        writer.Write(IsReady);
        writer.Write(Mean);
        writer.Write(Distance);
        writer.Write(SquaredDeviations);
    }

    public void Restore(ref StateReader reader)
    {
        reader.ReadDoubles(_tailMeans);
        reader.ReadDoubles(_tailSquares);
        _tailOrigin = reader.ReadDouble();
        _headOrigin = reader.ReadDouble();
        _headSum = reader.ReadDouble();
        _headSquares = reader.ReadDouble();
        _position = reader.ReadPosition(_period - 1);
        IsReady = reader.ReadBoolean();
        Mean = reader.ReadDouble();
        Distance = reader.ReadDouble();
        SquaredDeviations = reader.ReadDouble();
    }

    private void Merge(int headLength, double distance)
    {
        double headMean = _headSum * _inverses[headLength];
        double headSquares = _headSquares - (_headSum * headMean);
        double tailShare = (_period - headLength) * _inverses[_period];

        // With an empty tail both its sums and its share are 0, whatever the gap.
        double gap = _headOrigin - _tailOrigin + headMean - _tailMeans[headLength];
        double merged = headSquares + _tailSquares[headLength] + (gap * gap * headLength * tailShare);
        SquaredDeviations = double.MaxNative(merged, 0);
        Mean = _headOrigin + (headMean - (gap * tailShare));
        Distance = distance - headMean + (gap * tailShare);
    }

    private void CloseBlock(double newest)
    {
        _tailOrigin = newest;
        double sum = 0;
        double squares = 0;
        for (int i = _period - 1; i >= 0; i--)
        {
            double distance = _tailMeans[i] - newest;
            sum += distance;
            squares += distance * distance;
            double mean = sum * _inverses[_period - i];
            _tailMeans[i] = mean;
            _tailSquares[i] = squares - (sum * mean);
        }

        _position = 0;
    }
}
