using System.Numerics;
using System.Runtime.InteropServices;
using Harrier.Domain;

namespace Harrier.Features.Indicators;

/// <summary>
/// Mean and squared deviations of the last n values, computed afresh at every value in two passes over their distances from the
/// newest one. The distances are small and mostly exact, so neither tiny prices nor large ones with tiny moves lose digits, and a
/// flat window gives exactly 0 (Chan, Golub, LeVeque 1983 compare the algorithms).
/// </summary>
/// <param name="period">Length of the window, 1 or more.</param>
internal sealed class RollingMoments(int period) : IStateful
{
    private readonly ValueWindow _window = new(period);

    public bool IsReady => _window.IsFull;

    /// <summary>Mean of the window.</summary>
    public double Mean { get; private set; } = double.NaN;

    /// <summary>Newest value minus <see cref="Mean"/>, exact where the difference of the rounded numbers would not be.</summary>
    public double Distance { get; private set; } = double.NaN;

    /// <summary>Sum of squared deviations from the mean.</summary>
    public double SquaredDeviations { get; private set; } = double.NaN;

    /// <summary>Adds the newest value; returns true when the window is full and the results are defined.</summary>
    public bool Update(double value)
    {
        _window.Add(value);
        if (!_window.IsFull)
        {
            return false;
        }

        ReadOnlySpan<double> values = _window.Values;
        double offset = SumOfDistances(values, value) / values.Length;
        Distance = -offset;
        Mean = value + offset;
        SquaredDeviations = SumOfSquares(values, value, offset);
        return true;
    }

    /// <summary>Standard deviation of the window.</summary>
    public double StandardDeviation(Deviation deviation)
    {
        int length = _window.Values.Length;
        return Math.Sqrt(SquaredDeviations / (deviation == Deviation.Population ? length : length - 1));
    }

    public void Reset()
    {
        _window.Reset();
        Mean = double.NaN;
        Distance = double.NaN;
        SquaredDeviations = double.NaN;
    }

    public void Save(ref StateWriter writer)
    {
        writer.Write(_window);
        writer.Write(Mean);
        writer.Write(Distance);
        writer.Write(SquaredDeviations);
    }

    public void Restore(ref StateReader reader)
    {
        reader.Read(_window);
        Mean = reader.ReadDouble();
        Distance = reader.ReadDouble();
        SquaredDeviations = reader.ReadDouble();
    }

    private static double SumOfDistances(ReadOnlySpan<double> values, double origin)
    {
        ReadOnlySpan<Vector<double>> blocks = MemoryMarshal.Cast<double, Vector<double>>(values);
        Vector<double> origins = new(origin);
        Vector<double> sums = Vector<double>.Zero;
        foreach (Vector<double> block in blocks)
        {
            sums += block - origins;
        }

        double sum = Vector.Sum(sums);
        for (int i = blocks.Length * Vector<double>.Count; i < values.Length; i++)
        {
            sum += values[i] - origin;
        }

        return sum;
    }

    private static double SumOfSquares(ReadOnlySpan<double> values, double origin, double offset)
    {
        ReadOnlySpan<Vector<double>> blocks = MemoryMarshal.Cast<double, Vector<double>>(values);
        Vector<double> origins = new(origin);
        Vector<double> offsets = new(offset);
        Vector<double> sums = Vector<double>.Zero;
        foreach (Vector<double> block in blocks)
        {
            Vector<double> deviation = block - origins - offsets;
            sums += deviation * deviation;
        }

        double sum = Vector.Sum(sums);
        for (int i = blocks.Length * Vector<double>.Count; i < values.Length; i++)
        {
            double deviation = values[i] - origin - offset;
            sum += deviation * deviation;
        }

        return sum;
    }
}
