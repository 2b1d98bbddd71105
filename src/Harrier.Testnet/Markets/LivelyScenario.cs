using Harrier.Simulation.Randomness;

namespace Harrier.Testnet.Markets;

/// <summary>
/// Lets each symbol run and rest in turn, as a function of seed and step alone. A run changes the price by 4.5 to 7.5 percent a minute for 80 to 160 seconds; a rest lasts 15 to 40. Beyond
/// an eighth from where it began a price runs back.
/// </summary>
internal sealed class LivelyScenario
{
    private const int Purpose = 0x4C69_7665;
    private const int StepsPerSecond = 10;
    private const double Turns = 0.12;

    private readonly PriceShift[] _shifts;
    private readonly RandomStream[] _randoms;
    private readonly long[] _next;

    /// <summary>A scenario whose symbols rest.</summary>
    /// <param name="shifts">What moves each symbol.</param>
    /// <param name="seed">Seed of the market.</param>
    public LivelyScenario(PriceShift[] shifts, long seed)
    {
        _shifts = shifts;
        _randoms = [.. shifts.Select((_, i) => new RandomStream(seed, Purpose + i))];
        _next = [.. _randoms.Select(static random => (long)Between(random, 5, 25) * StepsPerSecond)];
    }

    /// <summary>Begins the runs that are due.</summary>
    /// <param name="step">Number of the step of 100 ms.</param>
    public void Advance(long step)
    {
        for (int i = 0; i < _shifts.Length; i++)
        {
            if (step >= _next[i])
            {
                _next[i] = step + (long)(Run(_shifts[i], _randoms[i]) * StepsPerSecond);
            }
        }
    }

    /// <returns>Seconds to the next run.</returns>
    private static double Run(PriceShift shift, RandomStream random)
    {
        double seconds = Between(random, 80, 160);
        double perMinute = Between(random, 0.045, 0.075);
        bool isUp = shift.Value < -Turns || (shift.Value <= Turns && random.NextDouble() < 0.5);
        shift.Trend(isUp ? perMinute : -perMinute, TimeSpan.FromSeconds(seconds));
        return seconds + Between(random, 15, 40);
    }

    private static double Between(RandomStream random, double least, double most) => least + (random.NextDouble() * (most - least));
}
