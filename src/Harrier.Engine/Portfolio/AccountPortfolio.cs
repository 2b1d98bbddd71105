using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Engine.Market;

namespace Harrier.Engine.Portfolio;

/// <summary>Ledger, positions and round trips of one account, marked to the market on demand.</summary>
public sealed partial class AccountPortfolio : IStateful
{
    private readonly InstrumentTable _table;
    private readonly MarketState _market;
    // Most bots never trade most instruments: what was never touched is no object, and no part of a saved state.
    private static readonly Position Untouched = new();
    private readonly Position?[] _positions;
    private readonly BotValue[] _values;
    private readonly int[] _rateInstrument;
    private readonly int _numeraire;
    private readonly List<RoundTrip> _roundTrips = [];
    private int _roundTripCount;

    /// <summary>An empty account.</summary>
    /// <exception cref="ArgumentException">A quote asset cannot be valued in the numeraire with the instruments at hand.</exception>
    public AccountPortfolio(InstrumentTable table, MarketState market, int bots, Asset numeraire)
    {
        ArgumentNullException.ThrowIfNull(table);
        _table = table;
        _market = market;
        Ledger = new Ledger(table, bots);
        _numeraire = table.IndexOf(numeraire);
        Numeraire = numeraire;
        _rateInstrument = FindRates(table, numeraire);
        _positions = new Position?[bots * table.Instruments.Length];
        _values = [.. Enumerable.Range(0, bots).Select(static _ => new BotValue())];
    }

    /// <summary>The double-entry books.</summary>
    public Ledger Ledger { get; }

    /// <summary>The currency of reckoning.</summary>
    public Asset Numeraire { get; }

    /// <summary>Round trips finished since the engine was made or restored, oldest first.</summary>
    public IReadOnlyList<RoundTrip> RoundTrips => _roundTrips;

    /// <summary>What became of planned entries, by their kind; it goes on after a restart.</summary>
    public OutcomeBook Outcomes { get; } = new();

    /// <summary>Payments of funding that a venue told of.</summary>
    public FundingMemory Fundings { get; } = new();

    /// <summary>Sum of price times size of all fills, in the numeraire at the rate of each fill.</summary>
    public decimal TradedNotional { get; private set; }

    /// <summary>A bot's position.</summary>
    public Position Position(BotId bot, InstrumentId instrument) => _positions[PlaceOf(bot, instrument)] ?? Untouched;

    /// <inheritdoc/>
    public void Save(ref StateWriter writer)
    {
        writer.Write(Ledger);
        writer.Write(_positions.Count(static position => position is not null));
        for (int i = 0; i < _positions.Length; i++)
        {
            if (_positions[i] is { } position)
            {
                writer.Write(i);
                writer.Write(position);
            }
        }

        writer.Write(_roundTripCount);
        writer.Write(TradedNotional);
        writer.Write(Outcomes);
        writer.Write(Fundings);
    }

    /// <inheritdoc/>
    public void Restore(ref StateReader reader)
    {
        reader.Read(Ledger);
        Array.Clear(_positions);
        for (int left = reader.ReadCount(); left > 0; left--)
        {
            int place = reader.ReadInt32();
            Position position = place >= 0 && place < _positions.Length ? new Position() : throw new InvalidDataException($"a position in place {place} of {_positions.Length} is not possible");
            reader.Read(position);
            _positions[place] = position;
        }

        _roundTripCount = reader.ReadInt32();
        TradedNotional = reader.ReadDecimal();
        reader.Read(Outcomes);
        reader.Read(Fundings);
        _roundTrips.Clear();
        FindTraded();
    }

    /// <summary>Takes over the books of an engine whose bots and instruments are the first of this one's.</summary>
    internal void Succeed(AccountPortfolio before)
    {
        Ledger.Succeed(before.Ledger);
        Array.Clear(_positions);
        for (int bot = 0; bot < before.Ledger.Bots; bot++)
        {
            foreach (Instrument instrument in before._table.Instruments)
            {
                if (before._positions[before.PlaceOf(new BotId(bot), instrument.Id)] is { } position)
                {
                    Succession.Copy(position, Touch(new BotId(bot), instrument.Id));
                }
            }
        }

        _roundTripCount = before._roundTripCount;
        TradedNotional = before.TradedNotional;
        Succession.Copy(before.Outcomes, Outcomes);
        Succession.Copy(before.Fundings, Fundings);
        _roundTrips.Clear();
        FindTraded();
    }

    /// <summary>Forgets the finished round trips; who counts them has counted them.</summary>
    internal void ForgetRoundTrips() => _roundTrips.Clear();

    internal void Transfer(in AccountReport report) => Ledger.Post(
        report.Bot, LedgerAccount.External, LedgerAccount.Free, _table.IndexOf(report.Amount.Asset), report.Amount.Amount);

    /// <summary>Books a fill: cash, position, round trip.</summary>
    internal void Book(in Fill fill)
    {
        Instrument instrument = _table[fill.Instrument];
        Position position = Touch(fill.Bot, fill.Instrument);
        decimal notional = instrument.Notional(fill.Size, fill.Price);
        decimal feeInQuote = BookFee(in fill, instrument);
        TradedNotional += notional * Rate(_table.QuoteAsset(fill.Instrument));

        long signed = fill.Side == OrderSide.Buy ? fill.Size.Value : -fill.Size.Value;
        long closing = Math.Sign(signed) == -Math.Sign(position.Size.Value) ? Math.Min(fill.Size.Value, Math.Abs(position.Size.Value)) : 0;
        if (instrument.Kind == InstrumentKind.Spot)
        {
            BookSpot(in fill, instrument, notional);
        }

        decimal closingNotional = closing == fill.Size.Value ? notional : instrument.Notional(new SizeLots(closing), fill.Price);
        decimal closingFee = closing == fill.Size.Value ? feeInQuote : decimal.Round(feeInQuote * closing / fill.Size.Value, Portfolio.Position.SplitDecimals);
        if (closing > 0)
        {
            decimal realized = position.Close(closing, closingNotional, closingFee);
            if (instrument.Kind == InstrumentKind.LinearPerpetual)
            {
                Ledger.Post(fill.Bot, LedgerAccount.Profit, LedgerAccount.Free, _table.QuoteAsset(fill.Instrument), realized);
            }

            if (position.IsFlat)
            {
                End(position.Finish(++_roundTripCount, instrument, in fill));
            }
        }

        if (closing < fill.Size.Value)
        {
            long opening = signed > 0 ? signed - closing : signed + closing;
            position.Open(opening, notional - closingNotional, feeInQuote - closingFee, fill.Time);
        }
    }

    /// <summary>
    /// Replaces the price of a fill that was booked as concluded by that of the real execution, and books its fee. The cash is right at once; the
    /// round trip is, unless it ended meanwhile.
    /// </summary>
    /// <param name="real">The real execution.</param>
    /// <param name="replaced">The price that was booked for its size.</param>
    internal void Correct(in Fill real, PriceTicks replaced)
    {
        Instrument instrument = _table[real.Instrument];
        decimal change = instrument.Notional(real.Size, new PriceTicks(real.Price.Value - replaced.Value));
        decimal fee = BookFee(in real, instrument);
        int quote = _table.QuoteAsset(real.Instrument);
        TradedNotional += change * Rate(quote);
        decimal realized = Touch(real.Bot, real.Instrument).Correct(real.Side, change, fee);
        if (instrument.Kind == InstrumentKind.Spot)
        {
            Ledger.Post(real.Bot, LedgerAccount.Free, LedgerAccount.Trading, quote, real.Side == OrderSide.Buy ? change : -change);
        }
        else
        {
            Ledger.Post(real.Bot, LedgerAccount.Profit, LedgerAccount.Free, quote, realized);
        }
    }

    /// <summary>
    /// Ends the round trip of a spot position of which too little is left to be sold, at the mark. Nothing is posted: the coins stay on the account.
    /// </summary>
    internal void WriteOff(BotId bot, InstrumentId id, OrderPurpose purpose, Timestamp now)
    {
        Instrument instrument = _table[id];
        Position position = Touch(bot, id);
        SizeLots left = position.Size;
        PriceTicks mark = _market.Mark(id);
        position.AddDust(left);
        position.Close(left.Value, instrument.Notional(left, mark), 0);
        Fill end = new()
        {
            Order = default,
            TradeId = default,
            Bot = bot,
            Instrument = id,
            Side = OrderSide.Sell,
            Purpose = purpose,
            IsMaker = false,
            Price = mark,
            Size = left,
            Fee = 0,
            FeeAsset = instrument.Quote,
            Time = now,
        };
        End(position.Finish(++_roundTripCount, instrument, in end));
    }

    private void End(RoundTrip trade)
    {
        _roundTrips.Add(trade);
        Outcomes.Add(trade);
    }

    /// <summary>Pays or receives funding on all positions in an instrument.</summary>
    internal void BookFunding(in MarketEvent funding)
    {
        Instrument instrument = _table[funding.Instrument];
        for (int bot = 0; bot < Ledger.Bots; bot++)
        {
            Position position = Position(new BotId(bot), funding.Instrument);
            if (position.IsFlat)
            {
                continue;
            }

            decimal received = decimal.Round(-instrument.Notional(position.Size, funding.Price) * (decimal)funding.Rate, 8);
            position.AddFunding(received);
            Ledger.Post(new BotId(bot), LedgerAccount.Funding, LedgerAccount.Free, _table.QuoteAsset(funding.Instrument), received);
        }
    }

    // A position that is about to change.
    private Position Touch(BotId bot, InstrumentId instrument)
    {
        _values[bot.Index].Touch(instrument);
        _stillVersion = -1;
        return _positions[PlaceOf(bot, instrument)] ??= new Position();
    }

    private int PlaceOf(BotId bot, InstrumentId instrument) => (bot.Index * _table.Instruments.Length) + instrument.Index;

    /// <summary>Books a bot's part of a payment of funding, as the venue's account paid or received it.</summary>
    /// <returns>False for one that was booked before.</returns>
    internal bool BookFunding(in ExecutionReport funded)
    {
        if (!Fundings.Take(funded.TradeId))
        {
            return false;
        }

        Position position = Position(funded.Bot, funded.Instrument);
        if (!position.IsFlat)
        {
            position.AddFunding(-funded.Fee);
        }

        Ledger.Post(funded.Bot, LedgerAccount.Funding, LedgerAccount.Free, _table.IndexOf(funded.FeeAsset), -funded.Fee);
        return true;
    }

    private void BookSpot(in Fill fill, Instrument instrument, decimal notional)
    {
        bool isBuy = fill.Side == OrderSide.Buy;
        decimal quantity = instrument.ToDecimal(fill.Size);
        Ledger.Post(fill.Bot, LedgerAccount.Free, LedgerAccount.Trading, _table.QuoteAsset(fill.Instrument), isBuy ? notional : -notional);
        Ledger.Post(fill.Bot, LedgerAccount.Free, LedgerAccount.Trading, _table.BaseAsset(fill.Instrument), isBuy ? -quantity : quantity);
    }

    // A fee in base asset is valued at the fill, one in a third asset at its last mark.
    private decimal BookFee(in Fill fill, Instrument instrument)
    {
        int asset = _table.IndexOf(fill.FeeAsset);
        Ledger.Post(fill.Bot, LedgerAccount.Free, LedgerAccount.Fees, asset, fill.Fee);
        if (fill.FeeAsset == instrument.Quote)
        {
            return fill.Fee;
        }

        decimal rate = fill.FeeAsset == instrument.Base
            ? instrument.ToDecimal(fill.Price)
            : Rate(asset) / Rate(_table.QuoteAsset(fill.Instrument));
        return decimal.Round(fill.Fee * rate, Portfolio.Position.SplitDecimals);
    }

    private static int[] FindRates(InstrumentTable table, Asset numeraire)
    {
        int[] rates = new int[table.Assets.Length];
        for (int asset = 0; asset < rates.Length; asset++)
        {
            rates[asset] = -1;
            foreach (Instrument instrument in table.Instruments)
            {
                bool values = instrument.Base == table.Assets[asset] && instrument.Quote == numeraire;
                if (values && (rates[asset] < 0 || instrument.Kind == InstrumentKind.Spot))
                {
                    rates[asset] = instrument.Id.Index;
                }
            }
        }

        foreach (Instrument instrument in table.Instruments)
        {
            if (instrument.Quote != numeraire && rates[table.IndexOf(instrument.Quote)] < 0)
            {
                throw new ArgumentException($"{instrument} is quoted in {instrument.Quote}, which no instrument values in {numeraire}", nameof(table));
            }
        }

        return rates;
    }
}
