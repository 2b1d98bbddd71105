using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Strategies;
using Harrier.Features;

namespace Harrier.Tests.Support;

/// <summary>Sends orders of every kind at random, from a seed that is part of its saved state.</summary>
internal sealed class RandomTrader(int seed) : Strategy
{
    private ulong _state = (ulong)seed + 1;
    private ClientOrderId _last;

    protected override void OnBar(in Bar bar, in Ohlcv values)
    {
        switch (Next(10))
        {
            case 0:
                Emit(SignalSide.Buy, 1);
                break;
            case 1:
                Emit(SignalSide.Exit, 1);
                break;
            case 2:
                Emit(SignalSide.Sell, 1);
                break;
            case 3:
                _last = Buy(new SizeLots(1 + Next(20)), bar.Close - (Next(9) - 3)) ?? _last;
                break;
            case 4:
                _last = Sell(new SizeLots(1 + Next(20)), bar.Close + (Next(9) - 3)) ?? _last;
                break;
            case 5:
                Cancel(_last);
                break;
            case 6:
                _last = Send(Any(bar.Close)) ?? _last;
                break;
            default:
                break;
        }
    }

    protected override void SaveState(ref StateWriter writer)
    {
        writer.Write((long)_state);
        writer.WriteRaw(in _last);
    }

    protected override void RestoreState(ref StateReader reader)
    {
        _state = (ulong)reader.ReadInt64();
        _last = reader.ReadRaw<ClientOrderId>();
    }

    private OrderIntent Any(PriceTicks close)
    {
        OrderSide side = (OrderSide)Next(2);
        int away = (side == OrderSide.Buy ? 1 : -1) * (1 + Next(8));
        OrderType type = (OrderType)(2 + Next(4));
        return new OrderIntent
        {
            Instrument = Instrument.Id,
            Side = side,
            Type = type,
            Size = new SizeLots(1 + Next(15)),
            Trigger = type == OrderType.TrailingStop ? default : type == OrderType.TakeProfit ? close - away : close + away,
            Limit = type == OrderType.StopLimit ? close + away : default,
            TrailingDistance = type == OrderType.TrailingStop ? 1 + Next(9) : 0,
            ReduceOnly = Next(2) == 0,
        };
    }

    private int Next(int below)
    {
        _state = unchecked((_state * 6364136223846793005UL) + 1442695040888963407UL);
        return (int)((_state >> 33) % (ulong)below);
    }
}
