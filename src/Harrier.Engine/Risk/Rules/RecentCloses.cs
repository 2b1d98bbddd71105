using Harrier.Domain;

namespace Harrier.Engine.Risk.Rules;

/// <summary>
/// The last closes of an instrument with their times. Two are compared from the newest close that both have: of instruments whose bars close together
/// one is always told first.
/// </summary>
internal sealed class RecentCloses(int capacity) : IStateful
{
    private readonly long[] _times = new long[capacity];
    private readonly double[] _prices = new double[capacity];
    private int _count;
    private int _next;

    public void Add(Timestamp close, double price)
    {
        _times[_next] = close.Nanos;
        _prices[_next] = price;
        _next = (_next + 1) % capacity;
        _count = Math.Min(_count + 1, capacity);
    }

    /// <summary>How many of the newest returns two instruments have in common, without a hole in either, up to a number.</summary>
    public static int CommonReturns(RecentCloses left, RecentCloses right, int most)
    {
        (int i, int j) = Align(left, right);
        int closes = 0;
        while (i < left._count && j < right._count && closes <= most && left.Time(i) == right.Time(j))
        {
            closes++;
            i++;
            j++;
        }

        return Math.Max(0, closes - 1);
    }

    /// <summary>
    /// Pearson's correlation of the newest common returns, means first; 0 when one of the two has not moved. There must be as many
    /// (<see cref="CommonReturns"/>).
    /// </summary>
    public static double Correlation(RecentCloses left, RecentCloses right, int returns)
    {
        (int i, int j) = Align(left, right);
        double meanLeft = 0;
        double meanRight = 0;
        for (int k = 0; k < returns; k++)
        {
            meanLeft += left.Return(i + k) / returns;
            meanRight += right.Return(j + k) / returns;
        }

        double product = 0;
        double squareLeft = 0;
        double squareRight = 0;
        for (int k = 0; k < returns; k++)
        {
            double a = left.Return(i + k) - meanLeft;
            double b = right.Return(j + k) - meanRight;
            product += a * b;
            squareLeft += a * a;
            squareRight += b * b;
        }

        double scale = Math.Sqrt(squareLeft * squareRight);
        return scale > 0 ? Math.Clamp(product / scale, -1, 1) : 0;
    }

    public void Save(ref StateWriter writer)
    {
        writer.Write(_count);
        for (int age = _count - 1; age >= 0; age--)
        {
            writer.Write(Time(age));
            writer.Write(_prices[Slot(age)]);
        }
    }

    public void Restore(ref StateReader reader)
    {
        _count = _next = 0;
        int count = reader.ReadCount();
        for (int i = 0; i < count; i++)
        {
            Add(new Timestamp(reader.ReadInt64()), reader.ReadDouble());
        }
    }

    private static (int Left, int Right) Align(RecentCloses left, RecentCloses right)
    {
        int i = 0;
        int j = 0;
        while (i < left._count && j < right._count && left.Time(i) != right.Time(j))
        {
            if (left.Time(i) > right.Time(j))
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return (i, j);
    }

    // Age 0 is the newest.
    private int Slot(int age) => (_next - 1 - age + (2 * capacity)) % capacity;

    private long Time(int age) => _times[Slot(age)];

    private double Return(int age) => (_prices[Slot(age)] / _prices[Slot(age + 1)]) - 1;
}
