using Harrier.Domain;

namespace Harrier.Engine.Portfolio;

/// <summary>What became of the planned entries of one kind, counted as their positions end. Undefined is null.</summary>
/// <param name="name">The setup, or what agreed on the entries: <c>level+volume</c>; <c>none</c> for nothing.</param>
public sealed class Outcome(string name) : IStateful
{
    private int _wins;
    private int _risked;
    private double _multiples;
    private decimal _gains;
    private decimal _losses;

    /// <summary>The setup, or what agreed on the entries.</summary>
    public string Name { get; } = name;

    /// <summary>How many positions ended.</summary>
    public int Trades { get; private set; }

    /// <summary>Winning ones / all, 0 to 1.</summary>
    public double? WinRate => Trades > 0 ? (double)_wins / Trades : null;

    /// <summary>Mean of PnL / initial risk; null unless each had an initial risk.</summary>
    public double? MeanR => Trades > 0 && _risked == Trades ? _multiples / Trades : null;

    /// <summary>Sum of the PnL in the numeraire.</summary>
    public decimal Pnl => _gains - _losses;

    /// <summary>Sum of wins / size of the sum of losses; null without a loss.</summary>
    public double? ProfitFactor => _losses > 0 ? (double)_gains / (double)_losses : null;

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(Trades);
        writer.Write(_wins);
        writer.Write(_risked);
        writer.Write(_multiples);
        writer.Write(_gains);
        writer.Write(_losses);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        Trades = reader.ReadInt32();
        _wins = reader.ReadInt32();
        _risked = reader.ReadInt32();
        _multiples = reader.ReadDouble();
        _gains = reader.ReadDecimal();
        _losses = reader.ReadDecimal();
    }

    internal void Add(RoundTrip trade)
    {
        Trades++;
        _wins += trade.Pnl > 0 ? 1 : 0;
        _gains += Math.Max(0, trade.Pnl);
        _losses += Math.Max(0, -trade.Pnl);
        if (trade.InitialRisk is { } risk and > 0)
        {
            _risked++;
            _multiples += (double)(trade.Pnl / risk);
        }
    }
}
