using Harrier.Features.OrderFlow;

namespace Harrier.Tests.Features.OrderFlow;

public sealed class ValueAreaTests
{
    private static readonly double[] _vector = [5, 10, 30, 50, 25, 20, 35, 15, 10];

    [Theory]
    [InlineData(ValueAreaRule.OneRow, 102, 106, 160)]
    [InlineData(ValueAreaRule.TwoRow, 103, 107, 145)]
    public void Of_Vector_MeetsBothRules(ValueAreaRule rule, int low, int high, double volume)
    {
        ValueArea area = ValueArea.Of(_vector, rule);
        area.ShouldBe(new ValueArea(3, low - 100, high - 100, volume, 200));
    }

    [Fact]
    public void Of_EqualRows_PointOfControlIsNearestTheMiddle()
    {
        ValueArea.Of([7, 1, 7, 1, 7], ValueAreaRule.OneRow).PointOfControl.ShouldBe(2);
        ValueArea.Of([7, 7, 7, 7], ValueAreaRule.OneRow).PointOfControl.ShouldBe(1);
        ValueArea.Of([3], ValueAreaRule.TwoRow).ShouldBe(new ValueArea(0, 0, 0, 3, 3));
        ValueArea.Of([0, 0], ValueAreaRule.TwoRow).Volume.ShouldBe(0);
        Should.Throw<ArgumentException>(() => ValueArea.Of([], ValueAreaRule.OneRow));
    }

    [Fact]
    public void Of_RandomProfiles_EqualsTheSlowForm()
    {
        Random random = new(1);
        for (int run = 0; run < 500; run++)
        {
            double[] volumes = [.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => (double)random.Next(0, 20))];
            foreach (int step in (int[])[1, 2])
            {
                ValueArea area = ValueArea.Of(volumes, step == 1 ? ValueAreaRule.OneRow : ValueAreaRule.TwoRow);
                List<int> rows = Slow(volumes, step);
                (area.PointOfControl, area.Low, area.High).ShouldBe((rows[0], rows.Min(), rows.Max()));
                area.Volume.ShouldBe(rows.Sum(i => volumes[i]), 1e-9);
            }
        }
    }

    // Rows as a growing list, in the order in which they are taken.
    private static List<int> Slow(double[] volumes, int step)
    {
        double middle = (volumes.Length - 1) / 2.0;
        List<int> taken = [Enumerable.Range(0, volumes.Length).OrderByDescending(i => volumes[i]).ThenBy(i => Math.Abs(i - middle)).ThenBy(i => i).First()];
        while (taken.Sum(i => volumes[i]) < 0.7 * volumes.Sum() && taken.Count < volumes.Length)
        {
            List<int> above = [.. Enumerable.Range(taken.Max() + 1, step).Where(i => i < volumes.Length)];
            List<int> below = [.. Enumerable.Range(1, step).Select(i => taken.Min() - i).Where(i => i >= 0)];
            bool up = below.Count == 0 || (above.Count > 0 && above.Sum(i => volumes[i]) >= below.Sum(i => volumes[i]));
            taken.AddRange(up ? above : below);
        }

        return taken;
    }
}
