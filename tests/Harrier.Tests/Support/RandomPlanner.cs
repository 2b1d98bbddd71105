using Harrier.Domain;
using Harrier.Engine.Strategies;
using Harrier.Features;

namespace Harrier.Tests.Support;

/// <summary>Enters with stops at random, at the market and at limits that may run out, from a seed that is part of its saved state.</summary>
internal sealed class RandomPlanner(int seed) : Strategy
{
    private ulong _state = (ulong)seed + 1;

    protected override void OnBar(in Bar bar, in Ohlcv values)
    {
        if (HasPlanIn(bar.Instrument) || Next(3) != 0)
        {
            return;
        }

        bool isLong = bar.Instrument.Index % 2 == 0 ? Next(2) == 0 : Next(4) != 0;
        int sign = isLong ? 1 : -1;
        PriceTicks? limit = Next(2) == 0 ? null : new PriceTicks(bar.Close.Value - (sign * Next(6)));
        Enter(new EntryPlan
        {
            Instrument = bar.Instrument,
            Side = isLong ? OrderSide.Buy : OrderSide.Sell,
            Stop = new PriceTicks((limit ?? bar.Close).Value - (sign * (3 + Next(15)))),
            Limit = limit,
            TimeToLive = limit is null ? null : TimeSpan.FromMinutes(1 + Next(5)),
            Confidence = 1,
            Setup = Next(2) == 0 ? "momentum" : "retest",
            Confluence = "level",
        });
    }

    protected override void SaveState(ref StateWriter writer) => writer.Write((long)_state);

    protected override void RestoreState(ref StateReader reader) => _state = (ulong)reader.ReadInt64();

    private int Next(int below)
    {
        _state = (_state * 6364136223846793005) + 1442695040888963407;
        return (int)((_state >> 33) % (ulong)below);
    }
}
