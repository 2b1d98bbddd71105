using System.Buffers;
using System.Globalization;
using Harrier.Domain;
using Harrier.Features;
using Harrier.Tests.Support;

namespace Harrier.Tests.Features;

/// <summary>What every feature on bars must do; each feature's tests derive from this.</summary>
public abstract class BarFeatureContract
{
    private const int BarCount = 500;
    private const int CommonBars = 350;

    protected abstract IBarFeature Create();

    /// <summary>Everything that the feature shows, as text.</summary>
    protected abstract string Show(IBarFeature feature);

    [Fact]
    public void Restore_AtAnyBar_ContinuesBitEqual()
    {
        foreach (ClosedBar[] bars in (ClosedBar[][])[ClosedBars.Walk(1, BarCount), ClosedBars.Rough(BarCount)])
        {
            IBarFeature unbroken = Create();
            IBarFeature restarted = Create();
            foreach (ClosedBar bar in bars)
            {
                unbroken.OnBar(in bar);
                restarted.OnBar(in bar);
                byte[] state = Saved(restarted);
                restarted = Create();
                Restore(restarted, state).ShouldBe(0, "bytes left over");
                Saved(restarted).ShouldBe(state);
                Show(restarted).ShouldBe(Show(unbroken));
            }

            Saved(restarted).ShouldBe(Saved(unbroken));
        }
    }

    [Fact]
    public void Restore_StateCutShort_Throws()
    {
        IBarFeature feature = Create();
        foreach (ClosedBar bar in ClosedBars.Walk(2, BarCount))
        {
            feature.OnBar(in bar);
        }

        byte[] state = Saved(feature);
        for (int length = 0; length < state.Length; length += 101)
        {
            byte[] cut = state[..length];
            Should.Throw<InvalidDataException>(() => Restore(Create(), cut));
        }
    }

    [Fact]
    public void OnBar_LaterBarsDiffer_ShowsTheSameBeforeThem()
    {
        ClosedBar[] bars = ClosedBars.Walk(3, BarCount);
        ClosedBar[] others = ClosedBars.Walk(4, BarCount);
        bars.AsSpan(0, CommonBars).CopyTo(others);
        IBarFeature feature = Create();
        IBarFeature other = Create();
        IBarFeature unread = Create();
        for (int i = 0; i < BarCount; i++)
        {
            feature.OnBar(in bars[i]);
            other.OnBar(in others[i]);
            unread.OnBar(in bars[i]);
            if (i < CommonBars)
            {
                Show(feature).ShouldBe(Show(other));
            }
        }

        Show(unread).ShouldBe(Show(feature), "reading must change nothing");
        Show(other).ShouldNotBe(Show(feature), "the series must make a difference");
    }

    [Fact]
    public void OnBar_AfterWarmUp_AllocatesNothing()
    {
        ClosedBar[] bars = ClosedBars.Walk(5, BarCount);
        long bytes = Allocation.Least(() =>
        {
            IBarFeature feature = Create();
            foreach (ClosedBar bar in bars)
            {
                feature.OnBar(in bar);
            }

            return () =>
            {
                foreach (ref readonly ClosedBar bar in bars.AsSpan())
                {
                    feature.OnBar(in bar);
                }
            };
        });
        bytes.ShouldBe(0);
    }

    protected static string Text(params object?[] values) => string.Join(' ', values.Select(v => Convert.ToString(v, CultureInfo.InvariantCulture)));

    protected static string Text<T>(EventLog<T> log)
        where T : unmanaged => $"{log.Total} {log.New.Length} [{Text(log.Recent)}]";

    protected static string Text<T>(ReadOnlySpan<T> values) => string.Join(' ', values.ToArray().Select(v => Convert.ToString(v, CultureInfo.InvariantCulture)));

    internal static byte[] Saved(IStateful feature)
    {
        ArrayBufferWriter<byte> buffer = new();
        StateWriter writer = new(buffer);
        feature.Save(ref writer);
        return buffer.WrittenSpan.ToArray();
    }

    internal static int Restore(IStateful feature, byte[] state)
    {
        StateReader reader = new(state);
        feature.Restore(ref reader);
        return reader.Remaining;
    }
}
