using System.Runtime.InteropServices;
using Harrier.Domain;

namespace Harrier.Engine.Portfolio;

/// <content>What everything is worth at the mark.</content>
public sealed partial class AccountPortfolio
{
    private readonly List<BotId> _moving = [];
    private decimal _still;
    private long _stillVersion = -1;

    /// <summary>
    /// Value of a bot's sub-ledger in the numeraire: what it owns at the mark, plus unrealized profit of contracts. An asset without a
    /// known price yet counts 0.
    /// </summary>
    public decimal Equity(BotId bot)
    {
        BotValue value = _values[bot.Index];
        if (!value.IsCurrent(Ledger.VersionOf(bot), _market))
        {
            value.Begin(Ledger.VersionOf(bot));
            Add(bot, value);
        }

        return value.Equity;
    }

    /// <summary>
    /// The same over all bots. It is asked for with every trade: the sum over those whose value no price moves is kept until a posting or a position changes.
    /// </summary>
    public decimal Equity()
    {
        if (_stillVersion != Ledger.Version)
        {
            FindStill();
        }

        decimal equity = _still;
        foreach (BotId bot in CollectionsMarshal.AsSpan(_moving))
        {
            equity += Equity(bot);
        }

        return equity;
    }

    /// <summary>What all bots hold together.</summary>
    public JointHoldings Together()
    {
        JointHoldings joint = new(new long[_table.Instruments.Length], new decimal[_table.Instruments.Length], new decimal[_table.Assets.Length]);
        for (int i = 0; i < Ledger.Bots; i++)
        {
            BotId bot = new(i);
            foreach (InstrumentId id in _values[i].Traded)
            {
                Position position = Position(bot, id);
                joint.Lots[id.Index] += position.Size.Value;
                joint.Basis[id.Index] += position.Basis;
            }

            foreach (int asset in Ledger.PostedAssets(bot))
            {
                joint.Owned[asset] += Ledger.Owned(bot, asset);
            }
        }

        return joint;
    }

    /// <summary>The equity of all bots as a double, cheap enough for every bar.</summary>
    public double EquityEstimate()
    {
        double equity = 0;
        for (int bot = 0; bot < Ledger.Bots; bot++)
        {
            foreach (int asset in Ledger.PostedAssets(new BotId(bot)))
            {
                double owned = Ledger.OwnedEstimate(new BotId(bot), asset);
                equity += owned == 0 ? 0 : owned * RateEstimate(asset);
            }

            foreach (InstrumentId id in _values[bot].Traded)
            {
                Instrument instrument = _table[id];
                if (instrument.Kind == InstrumentKind.LinearPerpetual && Position(new BotId(bot), id) is { IsFlat: false } position)
                {
                    double unrealized = (instrument.ToDouble(position.Size) * _market.MarkValue(id)) - (double)position.Basis;
                    equity += unrealized * RateEstimate(_table.QuoteAsset(id));
                }
            }
        }

        return equity;
    }

    /// <summary>Absolute value of all positions in the numeraire as a double; 0 when flat.</summary>
    public double GrossExposureEstimate()
    {
        double gross = 0;
        for (int bot = 0; bot < Ledger.Bots; bot++)
        {
            foreach (InstrumentId id in _values[bot].Traded)
            {
                if (Position(new BotId(bot), id) is { IsFlat: false } position)
                {
                    double value = _table[id].ToDouble(position.Size) * _market.MarkValue(id);
                    gross += Math.Abs(value) * RateEstimate(_table.QuoteAsset(id));
                }
            }
        }

        return gross;
    }

    /// <summary>One unit of an asset in the numeraire; 0 while its price is not known.</summary>
    public decimal Rate(int asset)
    {
        if (asset == _numeraire)
        {
            return 1;
        }

        int source = _rateInstrument[asset];
        return source < 0 ? 0 : _table.Instruments[source].ToDecimal(_market.Mark(new InstrumentId(source)));
    }

    /// <summary>Instruments in which a bot may have a position, ascending; in all others it is flat.</summary>
    internal ReadOnlySpan<InstrumentId> TradedBy(BotId bot) => _values[bot.Index].Traded;

    private void FindStill()
    {
        (_still, _stillVersion) = (0, Ledger.Version);
        _moving.Clear();
        for (int bot = 0; bot < Ledger.Bots; bot++)
        {
            decimal equity = Equity(new BotId(bot));
            if (_values[bot].DependsOnPrices)
            {
                _moving.Add(new BotId(bot));
            }
            else
            {
                _still += equity;
            }
        }
    }

    private void FindTraded()
    {
        _stillVersion = -1;
        for (int bot = 0; bot < Ledger.Bots; bot++)
        {
            _values[bot].Clear();
            foreach (Instrument instrument in _table.Instruments)
            {
                if (!Position(new BotId(bot), instrument.Id).IsFlat)
                {
                    _values[bot].Touch(instrument.Id);
                }
            }
        }
    }

    private void Add(BotId bot, BotValue value)
    {
        foreach (int asset in Ledger.PostedAssets(bot))
        {
            if (Ledger.Owned(bot, asset) is not 0 and decimal owned)
            {
                value.Add(owned * RateFor(asset, value));
            }
        }

        foreach (InstrumentId id in value.Traded)
        {
            Instrument instrument = _table[id];
            if (instrument.Kind == InstrumentKind.LinearPerpetual && Position(bot, id) is { IsFlat: false } position)
            {
                value.DependOn(id, _market);
                decimal unrealized = instrument.Notional(position.Size, _market.Mark(id)) - position.Basis;
                value.Add(unrealized * RateFor(_table.QuoteAsset(id), value));
            }
        }
    }

    private decimal RateFor(int asset, BotValue value)
    {
        if (asset != _numeraire && _rateInstrument[asset] is >= 0 and int source)
        {
            value.DependOn(new InstrumentId(source), _market);
        }

        return Rate(asset);
    }

    private double RateEstimate(int asset)
    {
        int source = _rateInstrument[asset];
        return asset == _numeraire ? 1 : source < 0 ? 0 : _market.MarkValue(new InstrumentId(source));
    }
}
