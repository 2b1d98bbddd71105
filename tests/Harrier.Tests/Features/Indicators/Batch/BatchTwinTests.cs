using Harrier.Features;
using Harrier.Features.Indicators;
using Harrier.Features.Indicators.Batch;

namespace Harrier.Tests.Features.Indicators.Batch;

/// <summary>Every vectorized batch form against the kernel it stands for, at lengths around each boundary of warm-up, vector and chunk.</summary>
public sealed class BatchTwinTests
{
    private const double OfPrice = 1e-12;
    private const double OfHundred = 1e-10;

    public static TheoryData<int> Lengths => [0, 1, 13, 14, 15, 19, 20, 21, 27, 28, 33, 34, 35, 38, 63, 500, 531, 532, 533, 1043, 1044, 5000];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Sma_AnyLength_EqualsKernel(int length)
    {
        Columns columns = new(SampleBars.Rough(Math.Max(length, 200)).AsSpan(0, length));
        foreach (int period in (int[])[1, 2, 7, 20, 64, 1500])
        {
            AverageBatch.Sma(columns.Close, period, columns.First);
            ShouldEqual(columns, new Sma(period), 0, columns.First, columns.Largest * OfPrice);
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Ema_AnyLength_EqualsKernel(int length)
    {
        Columns columns = new(SampleBars.Rough(Math.Max(length, 200)).AsSpan(0, length));
        foreach (int period in (int[])[1, 2, 20, 200])
        {
            AverageBatch.Ema(columns.Close, period, columns.First);
            ShouldEqual(columns, new Ema(period), 0, columns.First, columns.Largest * OfPrice);
            AverageBatch.Ema(columns.Close, period, columns.First, Seeding.FirstValue);
            ShouldEqual(columns, new Ema(period, Seeding.FirstValue), 0, columns.First, columns.Largest * OfPrice);
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Macd_AnyLength_EqualsKernel(int length)
    {
        Columns columns = new(SampleBars.Rough(Math.Max(length, 200)).AsSpan(0, length));
        AverageBatch.Macd(columns.Close, new MacdPeriods(), new MacdColumns(columns.First, columns.Second, columns.Third));
        ShouldEqual(columns, new Macd(), 0, columns.First, columns.Largest * OfPrice);
        ShouldEqual(columns, new Macd(), 1, columns.Second, columns.Largest * OfPrice);
        ShouldEqual(columns, new Macd(), 2, columns.Third, columns.Largest * OfPrice);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Rsi_AnyLength_EqualsKernel(int length)
    {
        Columns columns = new(SampleBars.Rough(Math.Max(length, 200)).AsSpan(0, length));
        foreach (int period in (int[])[2, 14])
        {
            StrengthBatch.Rsi(columns.Close, period, columns.First);
            ShouldEqual(columns, new Rsi(period), 0, columns.First, OfHundred);
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Bollinger_AnyLength_EqualsKernel(int length)
    {
        Columns columns = new(SampleBars.Rough(Math.Max(length, 200)).AsSpan(0, length));
        foreach (int period in (int[])[2, 20, 50])
        {
            BandBatch.Bollinger(columns.Close, period, 2, new BandColumns(columns.First, columns.Second, columns.Third));
            ShouldEqual(columns, new BollingerBands(period), 0, columns.First, columns.Largest * OfPrice);
            ShouldEqual(columns, new BollingerBands(period), 1, columns.Second, columns.Largest * OfPrice);
            ShouldEqual(columns, new BollingerBands(period), 2, columns.Third, columns.Largest * OfPrice);
        }
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Atr_AnyLength_EqualsKernel(int length)
    {
        Columns columns = new(SampleBars.Rough(Math.Max(length, 200)).AsSpan(0, length));
        RangeBatch.Atr(columns.Prices, 14, columns.First);
        ShouldEqual(columns, new Atr(14), 0, columns.First, columns.Largest * OfPrice);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Adx_AnyLength_EqualsKernel(int length)
    {
        Columns columns = new(SampleBars.Rough(Math.Max(length, 200)).AsSpan(0, length));
        foreach (int period in (int[])[2, 14])
        {
            TrendBatch.Adx(columns.Prices, period, columns.First);
            ShouldEqual(columns, new Adx(period), 0, columns.First, OfHundred);
        }
    }

    [Fact]
    public void Adx_FlatForThousandsOfBarsThenMoving_EqualsKernel()
    {
        Ohlcv[] bars = SampleBars.Lcg(4000);
        Array.Fill(bars, new Ohlcv(5, 5, 5, 5, 1), 0, 2000);
        Columns columns = new(bars);
        TrendBatch.Adx(columns.Prices, 2, columns.First);
        ShouldEqual(columns, new Adx(2), 0, columns.First, OfHundred);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Stochastic_AnyLength_EqualsKernel(int length)
    {
        Columns columns = new(SampleBars.Rough(Math.Max(length, 200)).AsSpan(0, length));
        foreach (StochasticPeriods periods in (StochasticPeriods[])[new(), new(5, 1, 1), new(14, 1, 3), new(300, 4, 5)])
        {
            RangeBatch.Stochastic(columns.Prices, periods, new StochasticColumns(columns.First, columns.Second));
            ShouldEqual(columns, new Stochastic(periods.Range, periods.Slowing, periods.Signal), 0, columns.First, OfHundred);
            ShouldEqual(columns, new Stochastic(periods.Range, periods.Slowing, periods.Signal), 1, columns.Second, OfHundred);
        }
    }

    [Fact]
    public void Bollinger_FlatStretchAndPricesOf1e8_HasTheRightWidth()
    {
        double[] values = [.. Enumerable.Range(0, 64).Select(i => i < 32 ? 0.1 + 0.2 : i % 2 == 0 ? 1e-8 : 3e-8)];
        double[] upper = new double[64];
        double[] middle = new double[64];
        BandBatch.Bollinger(values, 20, 2, new BandColumns(upper, middle, new double[64]));
        upper[31].ShouldBe(middle[31]);
        upper[63].ShouldBe(4e-8, 1e-20);
    }

    [Fact]
    public void Run_InParts_EqualsInOnePiece()
    {
        Ohlcv[] bars = SampleBars.Lcg(300);
        double[] whole = new double[300];
        double[] parts = new double[300];
        IndicatorBatch.Run(new Macd(), bars, whole, 1);
        Macd kernel = new();
        IndicatorBatch.Run(kernel, bars.AsSpan(0, 77), parts.AsSpan(0, 77), 1);
        IndicatorBatch.Run(kernel, bars.AsSpan(77), parts.AsSpan(77), 1);
        parts.ShouldBe(whole);
    }

    [Fact]
    public void Batch_ColumnsOfDifferentLengths_Throws()
    {
        double[] three = new double[3];
        double[] four = new double[4];
        Should.Throw<ArgumentException>(() => AverageBatch.Sma(three, 2, four));
        Should.Throw<ArgumentException>(() => AverageBatch.Macd(three, new MacdPeriods(), new MacdColumns(three, four, three)));
        Should.Throw<ArgumentException>(() => RangeBatch.Atr(new HighLowClose(three, four, three), 2, three));
    }

    private static void ShouldEqual(Columns columns, IIndicator kernel, int output, double[] actual, double tolerance)
    {
        double[] expected = new double[columns.Bars.Length];
        IndicatorBatch.Run(kernel, columns.Bars, expected, output);
        for (int i = 0; i < expected.Length; i++)
        {
            if (double.IsNaN(expected[i]))
            {
                actual[i].ShouldBe(double.NaN, $"bar {i}");
            }
            else
            {
                Math.Abs(actual[i] - expected[i]).ShouldBeLessThanOrEqualTo(tolerance, $"bar {i}: {actual[i]} for {expected[i]}");
            }
        }
    }

    private sealed class Columns
    {
        public Columns(ReadOnlySpan<Ohlcv> bars)
        {
            Bars = bars.ToArray();
            Close = [.. Bars.Select(bar => bar.Close)];
            High = [.. Bars.Select(bar => bar.High)];
            Low = [.. Bars.Select(bar => bar.Low)];
            First = new double[bars.Length];
            Second = new double[bars.Length];
            Third = new double[bars.Length];
        }

        public Ohlcv[] Bars { get; }

        public double[] Close { get; }

        public double[] High { get; }

        public double[] Low { get; }

        public double[] First { get; }

        public double[] Second { get; }

        public double[] Third { get; }

        public double Largest => High.DefaultIfEmpty().Max();

        public HighLowClose Prices => new(High, Low, Close);
    }
}
