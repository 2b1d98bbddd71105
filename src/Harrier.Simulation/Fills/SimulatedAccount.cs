using Harrier.Domain;
using Harrier.Engine.Market;

namespace Harrier.Simulation.Fills;

/// <summary>
/// The venue's own books of one bot, kept apart from the engine's ledger so that each checks the other. Each bot has a margin account
/// of its own, as with the sub-accounts of a venue.
/// </summary>
internal sealed class SimulatedAccount(InstrumentTable table, decimal leverage) : IStateful
{
    private readonly decimal[] _balances = new decimal[table.Assets.Length];
    private readonly long[] _lots = new long[table.Instruments.Length];
    private readonly decimal[] _basis = new decimal[table.Instruments.Length];
    private readonly long[] _marks = new long[table.Instruments.Length];

    public decimal Balance(int asset) => _balances[asset];

    public long Position(InstrumentId instrument) => _lots[instrument.Index];

    public void Deposit(Money amount) => _balances[table.IndexOf(amount.Asset)] += amount.Amount;

    public void Mark(InstrumentId instrument, long price) => _marks[instrument.Index] = price;

    /// <summary>True when the account can carry a fill: balance of a spot trade, margin of a contract.</summary>
    public bool CanCarry(Instrument instrument, long signedLots, PriceTicks price, (decimal Notional, decimal Fee) cost)
    {
        (decimal notional, decimal fee) = cost;
        if (instrument.Kind == InstrumentKind.Spot)
        {
            return signedLots > 0
                ? notional + fee <= _balances[table.QuoteAsset(instrument.Id)]
                : instrument.ToDecimal(new SizeLots(-signedLots)) <= _balances[table.BaseAsset(instrument.Id)];
        }

        long held = _lots[instrument.Id.Index];
        long after = held + signedLots;
        bool reduces = Math.Abs(after) <= Math.Abs(held) && Math.Sign(after) != -Math.Sign(held);
        decimal margin = instrument.Notional(new SizeLots(Math.Abs(after)), price) / leverage;
        return reduces || margin + fee <= Collateral(instrument.Id, price.Value, initial: true);
    }

    public void Book(Instrument instrument, long signedLots, PriceTicks price, (decimal Notional, decimal Fee) cost)
    {
        int i = instrument.Id.Index;
        int quote = table.QuoteAsset(instrument.Id);
        decimal notional = signedLots > 0 ? cost.Notional : -cost.Notional;
        _balances[quote] -= cost.Fee;
        if (instrument.Kind == InstrumentKind.Spot)
        {
            _balances[quote] -= notional;
            _balances[table.BaseAsset(instrument.Id)] += instrument.ToDecimal(new SizeLots(signedLots));
            _lots[i] += signedLots;
            return;
        }

        long held = _lots[i];
        long closing = Math.Sign(signedLots) == -Math.Sign(held) ? Math.Min(Math.Abs(signedLots), Math.Abs(held)) : 0;
        if (closing > 0)
        {
            long closed = -Math.Sign(held) * closing;
            decimal part = closing == Math.Abs(held) ? _basis[i] : decimal.Round(_basis[i] * closing / Math.Abs(held), 12);
            _balances[quote] += -instrument.Notional(new SizeLots(closed), price) - part;
            _basis[i] -= part;
            notional -= instrument.Notional(new SizeLots(closed), price);
        }

        _basis[i] += notional;
        _lots[i] += signedLots;
    }

    public void Fund(Instrument instrument, PriceTicks mark, double rate) => _balances[table.QuoteAsset(instrument.Id)] +=
        decimal.Round(-instrument.Notional(new SizeLots(_lots[instrument.Id.Index]), mark) * (decimal)rate, 8);

    /// <summary>
    /// The price at which equity falls to the maintenance margin, from W + q(P - E) = |q| P m with W all other collateral
    /// (Binance's and Bybit's cross-margin formula, without tier deduction); null when no price above 0 does that.
    /// </summary>
    public decimal? LiquidationPrice(Instrument instrument) => PriceOfShare(instrument, instrument.Definition.MaintenanceMarginRate);

    /// <summary>The price at which nothing is left after paying a closing fee.</summary>
    public decimal? BankruptcyPrice(Instrument instrument, decimal feeRate) => PriceOfShare(instrument, feeRate);

    public void Save(ref StateWriter writer)
    {
        foreach (decimal balance in _balances)
        {
            writer.Write(balance);
        }

        for (int i = 0; i < _lots.Length; i++)
        {
            writer.Write(_lots[i]);
            writer.Write(_basis[i]);
            writer.Write(_marks[i]);
        }
    }

    public void Restore(ref StateReader reader)
    {
        for (int i = 0; i < _balances.Length; i++)
        {
            _balances[i] = reader.ReadDecimal();
        }

        for (int i = 0; i < _lots.Length; i++)
        {
            _lots[i] = reader.ReadInt64();
            _basis[i] = reader.ReadDecimal();
            _marks[i] = reader.ReadInt64();
        }
    }

    /// <summary>Takes over the books of an account whose instruments are the first of this one's.</summary>
    public void Succeed(SimulatedAccount before)
    {
        Array.Clear(_balances);
        before._balances.CopyTo(_balances, 0);
        before._lots.CopyTo(_lots, 0);
        before._basis.CopyTo(_basis, 0);
        before._marks.CopyTo(_marks, 0);
    }

    private decimal? PriceOfShare(Instrument instrument, decimal share)
    {
        decimal quantity = instrument.ToDecimal(new SizeLots(_lots[instrument.Id.Index]));
        decimal slope = quantity - (Math.Abs(quantity) * share);
        decimal price = (_basis[instrument.Id.Index] - OtherCollateral(instrument.Id, initial: false)) / slope;
        return price > 0 ? price : null;
    }

    private decimal Collateral(InstrumentId id, long price, bool initial)
    {
        Instrument instrument = table[id];
        return OtherCollateral(id, initial) + instrument.Notional(new SizeLots(_lots[id.Index]), new PriceTicks(price)) - _basis[id.Index];
    }

    // Balance plus unrealized profit of the other contracts in the same asset, less the margin they need.
    private decimal OtherCollateral(InstrumentId id, bool initial)
    {
        int asset = table.QuoteAsset(id);
        decimal collateral = _balances[asset];
        foreach (Instrument other in table.Instruments)
        {
            long lots = _lots[other.Id.Index];
            if (other.Id == id || lots == 0 || other.Kind == InstrumentKind.Spot || table.QuoteAsset(other.Id) != asset)
            {
                continue;
            }

            decimal value = other.Notional(new SizeLots(lots), new PriceTicks(_marks[other.Id.Index]));
            decimal share = initial ? 1 / leverage : other.Definition.MaintenanceMarginRate;
            collateral += value - _basis[other.Id.Index] - (Math.Abs(value) * share);
        }

        return collateral;
    }
}
