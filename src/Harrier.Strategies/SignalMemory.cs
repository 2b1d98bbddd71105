using Harrier.Domain;
using Harrier.Engine.Strategies;

namespace Harrier.Strategies;

/// <summary>What every built-in strategy remembers: how many bars it has seen and which side it called last.</summary>
internal struct SignalMemory
{
    private int _bars;

    /// <summary>The side called last; HOLD before the first and after an EXIT.</summary>
    public SignalSide Last { get; private set; }

    /// <summary>Counts a bar.</summary>
    /// <returns>True once <paramref name="minimum"/> bars were counted, this one included.</returns>
    public bool Count(int minimum)
    {
        // Counting stops at the minimum: the state of a strategy that runs for years does not depend on when it was started.
        _bars = Math.Min(_bars + 1, minimum);
        return _bars == minimum;
    }

    /// <summary>Calls BUY or SELL, once: calling the side that was called last is a HOLD.</summary>
    public SignalSide Call(SignalSide side)
    {
        if (side is not (SignalSide.Buy or SignalSide.Sell) || side == Last)
        {
            return SignalSide.Hold;
        }

        Last = side;
        return side;
    }

    /// <summary>Calls EXIT and forgets the side.</summary>
    public SignalSide Exit()
    {
        Last = SignalSide.Hold;
        return SignalSide.Exit;
    }

    public readonly void Save(ref StateWriter writer)
    {
        writer.Write(_bars);
        writer.Write((byte)Last);
    }

    public void Restore(ref StateReader reader)
    {
        _bars = reader.ReadInt32();
        Last = (SignalSide)reader.ReadByte();
    }
}
