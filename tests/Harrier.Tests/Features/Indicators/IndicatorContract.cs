using System.Buffers;
using Harrier.Domain;
using Harrier.Features;
using Harrier.Features.Indicators;
using Harrier.Tests.Support;

namespace Harrier.Tests.Features.Indicators;

/// <summary>What every indicator must do; each indicator's tests derive from this.</summary>
public abstract class IndicatorContract
{
    private const int BarCount = 700;

    /// <summary>How an output follows when all prices are multiplied by the same factor.</summary>
    protected enum Scaling
    {
        WithPrice,
        Unchanged,
    }

    protected abstract Scaling PriceScaling { get; }

    /// <summary>False for indicators that wait for the clock instead of a number of bars.</summary>
    protected virtual bool WarmsUpByCount => true;

    protected abstract IIndicator Create();

    protected virtual Scaling OutputScaling(int output) => PriceScaling;

    [Fact]
    public void Update_WhileWarmingUp_GivesNoOutput()
    {
        IIndicator indicator = Create();
        Ohlcv[] bars = SampleBars.Lcg(BarCount);
        int first = 0;
        while (!indicator.IsReady)
        {
            ShouldBeMissing(indicator);
            double returned = indicator.Update(bars[first++]);
            BitConverter.DoubleToInt64Bits(returned).ShouldBe(BitConverter.DoubleToInt64Bits(indicator.Value));
        }

        if (WarmsUpByCount)
        {
            first.ShouldBe(indicator.WarmUp);
        }

        for (int i = first; i < BarCount; i++)
        {
            ShouldBeFinite(indicator);
            indicator.IsReady.ShouldBeTrue();
            indicator.Update(bars[i]);
        }
    }

    [Fact]
    public void Restore_AtAnyBar_ContinuesBitEqual()
    {
        Ohlcv[] bars = SampleBars.Rough(BarCount);
        IIndicator unbroken = Create();
        IIndicator restarted = Create();
        foreach (ref readonly Ohlcv bar in bars.AsSpan())
        {
            unbroken.Update(bar);
            restarted.Update(bar);
            byte[] state = Saved(restarted);
            restarted = Create();
            Restore(restarted, state).ShouldBe(0, "bytes left over");
            ShouldBeBitEqual(restarted, unbroken);
            Saved(restarted).ShouldBe(state);
        }
    }

    [Fact]
    public void Restore_StateCutShort_Throws()
    {
        IIndicator indicator = Create();
        foreach (ref readonly Ohlcv bar in SampleBars.Lcg(BarCount).AsSpan())
        {
            indicator.Update(bar);
        }

        byte[] state = Saved(indicator);
        for (int length = 0; length < state.Length; length += 7)
        {
            byte[] cut = state[..length];
            Should.Throw<InvalidDataException>(() => Restore(Create(), cut));
        }
    }

    [Fact]
    public void Reset_AfterUse_IsLikeNew()
    {
        Ohlcv[] bars = SampleBars.Rough(BarCount);
        IIndicator used = Create();
        foreach (ref readonly Ohlcv bar in bars.AsSpan())
        {
            used.Update(bar);
        }

        used.Reset();
        Saved(used).ShouldBe(Saved(Create()));
        IIndicator fresh = Create();
        foreach (ref readonly Ohlcv bar in bars.AsSpan())
        {
            used.Update(bar);
            fresh.Update(bar);
            ShouldBeBitEqual(used, fresh);
        }
    }

    [Fact]
    public void Update_Always_AllocatesNothing()
    {
        Ohlcv[] bars = SampleBars.Lcg(BarCount);
        long bytes = Allocation.Least(() =>
        {
            IIndicator indicator = Create();
            return () =>
            {
                foreach (ref readonly Ohlcv bar in bars.AsSpan())
                {
                    indicator.Update(in bar);
                }
            };
        });
        bytes.ShouldBe(0);
    }

    [Theory]
    [InlineData(-8)]
    [InlineData(-4)]
    [InlineData(-2)]
    [InlineData(3)]
    [InlineData(6)]
    public void Update_PricesTimesPowerOfTen_ScalesAlike(int exponent)
    {
        // The series stands near 100: brought to 1 first, the smallest factor makes prices of 1e-8, as some coins have.
        double factor = Math.Pow(10, exponent);
        IIndicator small = Create();
        IIndicator reference = Create();
        foreach (ref readonly Ohlcv bar in SampleBars.Lcg(BarCount).AsSpan())
        {
            Ohlcv unit = SampleBars.Scaled(bar, 0.01);
            reference.Update(unit);
            small.Update(SampleBars.Scaled(unit, factor));
            for (int k = 0; k < reference.OutputCount; k++)
            {
                double scale = OutputScaling(k) == Scaling.WithPrice ? factor : 1;
                double expected = reference.Output(k) * scale;
                ShouldBeClose(small.Output(k), expected, 1e-9 * Math.Max(scale, Math.Abs(expected)));
            }
        }
    }

    protected static void ShouldBeClose(double actual, double expected, double tolerance)
    {
        if (double.IsNaN(expected))
        {
            actual.ShouldBe(double.NaN);
            return;
        }

        double.IsNaN(actual).ShouldBeFalse();
        actual.ShouldBe(expected, tolerance);
    }

    private static byte[] Saved(IIndicator indicator)
    {
        ArrayBufferWriter<byte> buffer = new();
        StateWriter writer = new(buffer);
        indicator.Save(ref writer);
        return buffer.WrittenSpan.ToArray();
    }

    private static int Restore(IIndicator indicator, byte[] state)
    {
        StateReader reader = new(state);
        indicator.Restore(ref reader);
        return reader.Remaining;
    }

    private static void ShouldBeMissing(IIndicator indicator)
    {
        indicator.Value.ShouldBe(double.NaN);
        for (int k = 0; k < indicator.OutputCount; k++)
        {
            indicator.Output(k).ShouldBe(double.NaN);
        }
    }

    private static void ShouldBeFinite(IIndicator indicator)
    {
        double.IsFinite(indicator.Value).ShouldBeTrue();
        for (int k = 0; k < indicator.OutputCount; k++)
        {
            double.IsFinite(indicator.Output(k)).ShouldBeTrue();
        }
    }

    private static void ShouldBeBitEqual(IIndicator actual, IIndicator expected)
    {
        actual.IsReady.ShouldBe(expected.IsReady);
        for (int k = 0; k < expected.OutputCount; k++)
        {
            BitConverter.DoubleToInt64Bits(actual.Output(k)).ShouldBe(BitConverter.DoubleToInt64Bits(expected.Output(k)));
        }
    }
}
