using Harrier.Domain;
using Harrier.Engine.Market;

namespace Harrier.Simulation.Fills;

/// <summary>What a simulated venue books for one fill.</summary>
internal readonly record struct BookedFill(long Lots, long Price, decimal Fee, long TradeId);

/// <summary>The accounts of a simulated venue, what it charges, and when it liquidates; the same whatever decides that an order trades.</summary>
internal sealed class VenueAccounts : IStateful
{
    private readonly FillOptions _options;
    private readonly InstrumentTable _table;
    private readonly SimulatedAccount[] _accounts;
    private long _trades;

    public VenueAccounts(InstrumentTable table, int bots, FillOptions options)
    {
        if (options.Leverage < 1 || options.MaxVolumeShare is <= 0 or > 1 or double.NaN || Math.Abs(options.MakerFeeRate) >= 1 || options.TakerFeeRate is < 0 or >= 1)
        {
            throw new ArgumentException($"leverage must be 1 or more, the volume share in (0, 1], fees below 1, got {options}", nameof(options));
        }

        _options = options;
        _table = table;
        _accounts = new SimulatedAccount[bots];
        for (int i = 0; i < bots; i++)
        {
            _accounts[i] = new SimulatedAccount(table, options.Leverage);
        }
    }

    public ReadOnlySpan<SimulatedAccount> All => _accounts;

    public SimulatedAccount this[BotId bot] => _accounts[bot.Index];

    public void Deposit(BotId bot, Money amount) => _accounts[bot.Index].Deposit(amount);

    public decimal Balance(BotId bot, Asset asset) => _accounts[bot.Index].Balance(_table.IndexOf(asset));

    public void Mark(InstrumentId instrument, long price)
    {
        foreach (SimulatedAccount account in _accounts)
        {
            account.Mark(instrument, price);
        }
    }

    public void Fund(in MarketEvent funding)
    {
        foreach (SimulatedAccount account in _accounts)
        {
            account.Fund(_table[funding.Instrument], funding.Price, funding.Rate);
        }
    }

    /// <summary>Lots that an order may still trade: of a reduce-only order no more than is held against it; 0 when there is nothing to reduce.</summary>
    public long Tradable(SimulatedOrder order, long lots)
    {
        if (!order.Intent.ReduceOnly)
        {
            return lots;
        }

        long held = _accounts[order.Order.Bot.Index].Position(order.Intent.Instrument) * (order.IsBuy ? -1 : 1);
        return Math.Clamp(held, 0, lots);
    }

    /// <summary>Books a fill of an order that balance and margin cover.</summary>
    /// <returns>What was booked; null when the account cannot carry it.</returns>
    public BookedFill? Book(SimulatedOrder order, long lots, long price, bool isMaker)
    {
        SimulatedAccount account = _accounts[order.Order.Bot.Index];
        Instrument instrument = _table[order.Intent.Instrument];
        decimal notional = instrument.Notional(new SizeLots(lots), new PriceTicks(price));
        decimal fee = Fee(notional, isMaker ? _options.MakerFeeRate : _options.TakerFeeRate);
        long signed = order.IsBuy ? lots : -lots;
        if (!order.Intent.ReduceOnly && !account.CanCarry(instrument, signed, new PriceTicks(price), (notional, fee)))
        {
            return null;
        }

        account.Book(instrument, signed, new PriceTicks(price), (notional, fee));
        order.Remaining -= lots;
        return new BookedFill(lots, price, fee, ++_trades);
    }

    /// <summary>The price at which a bot's contract position is liquidated now, in quote currency; null when it has none.</summary>
    public decimal? LiquidationPrice(BotId bot, InstrumentId instrument) =>
        _table[instrument].Kind == InstrumentKind.LinearPerpetual && _accounts[bot.Index].Position(instrument) != 0
            ? _accounts[bot.Index].LiquidationPrice(_table[instrument])
            : null;

    /// <summary>The same as the tick at which it happens.</summary>
    public long? LiquidationLevel(BotId bot, InstrumentId instrument)
    {
        if (LiquidationPrice(bot, instrument) is not { } price)
        {
            return null;
        }

        decimal ticks = price / _table[instrument].Definition.TickSize;
        return _accounts[bot.Index].Position(instrument) > 0 ? (long)decimal.Floor(ticks) : (long)decimal.Ceiling(ticks);
    }

    /// <summary>True when a price is at or beyond the level at which a bot's position is liquidated.</summary>
    public bool IsLiquidatedAt(BotId bot, InstrumentId instrument, long price) =>
        LiquidationLevel(bot, instrument) is { } level && (_accounts[bot.Index].Position(instrument) > 0 ? price <= level : price >= level);

    /// <summary>A venue takes a position over at the price at which the account is empty: the whole margin is lost, and no more than that.</summary>
    public BookedFill TakeOver(BotId bot, InstrumentId id)
    {
        SimulatedAccount account = _accounts[bot.Index];
        Instrument instrument = _table[id];
        long position = account.Position(id);
        decimal ticks = (account.BankruptcyPrice(instrument, _options.TakerFeeRate) ?? 0) / instrument.Definition.TickSize;
        long price = Math.Max(1, position > 0 ? (long)decimal.Ceiling(ticks) : (long)decimal.Floor(ticks));
        decimal notional = instrument.Notional(new SizeLots(Math.Abs(position)), new PriceTicks(price));
        decimal fee = Fee(notional, _options.TakerFeeRate);
        account.Book(instrument, -position, new PriceTicks(price), (notional, fee));
        return new BookedFill(position, price, fee, ++_trades);
    }

    public void Save(ref StateWriter writer)
    {
        writer.Write(_trades);
        foreach (SimulatedAccount account in _accounts)
        {
            writer.Write(account);
        }
    }

    public void Restore(ref StateReader reader)
    {
        _trades = reader.ReadInt64();
        foreach (SimulatedAccount account in _accounts)
        {
            reader.Read(account);
        }
    }

    /// <summary>Takes over the accounts of a venue whose bots and instruments are the first of this one's.</summary>
    public void Succeed(VenueAccounts before)
    {
        _trades = before._trades;
        for (int i = 0; i < before._accounts.Length; i++)
        {
            _accounts[i].Succeed(before._accounts[i]);
        }
    }

    // Venues round fees in their own favor.
    private static decimal Fee(decimal notional, decimal rate) => decimal.Round(notional * rate, 8, MidpointRounding.ToPositiveInfinity);
}
