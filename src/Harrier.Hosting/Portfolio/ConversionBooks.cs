using Harrier.Domain;
using Harrier.Engine;
using Harrier.Engine.Execution;
using Harrier.Engine.Portfolio;
using Harrier.Engine.Risk;
using Harrier.Engine.Strategies;

namespace Harrier.Hosting.Portfolio;

/// <summary>
/// The engine of a portfolio account: its ledger, its risk gate, its conversions (<c>docs/adr/0012</c>). All bots of the account share one sub-ledger, because they share
/// what the account holds. An asset that is named for the first time makes a successor of the engine.
/// </summary>
/// <param name="terms">The account.</param>
internal sealed class ConversionBooks(PortfolioTerms terms)
{
    private static readonly BotId Owner = new(0);
    private static readonly Succession Continued = new([BotSuccession.Continues], new HashSet<InstrumentId>());

    private readonly List<Asset> _assets = [];
    private readonly SortedDictionary<string, decimal> _differences = new(StringComparer.Ordinal);
    private TradingEngine? _engine;
    private PortfolioTerms _terms = terms;
    private bool _isOpened;

    /// <summary>Assets with books, the numeraire left out, in the order in which they were named.</summary>
    public IReadOnlyList<Asset> Assets => _assets;

    /// <summary>Conversions whose end is not known.</summary>
    public IReadOnlyList<OpenConversion> Open => _engine?.Conversions.Open ?? [];

    /// <summary>The engine; null before the first asset is named.</summary>
    public TradingEngine? Engine => _engine;

    public bool IsHalted => _engine?.Risk.IsHalted ?? false;

    /// <summary>Everything that is owned, in the numeraire.</summary>
    public decimal Equity => _engine?.Portfolio.Equity(Owner) ?? 0;

    public bool Knows(Asset asset) => asset == _terms.Numeraire || _assets.Contains(asset);

    /// <summary>Opens books for assets that have none.</summary>
    public void Know(IEnumerable<Asset> assets)
    {
        Asset[] unknown = [.. assets.Where(asset => !Knows(asset)).Distinct()];
        if (unknown.Length == 0)
        {
            return;
        }

        _assets.AddRange(unknown);
        Renew();
    }

    /// <summary>The account has other limits from now on.</summary>
    public void Become(PortfolioTerms terms)
    {
        _terms = terms;
        if (_engine is not null)
        {
            Renew();
        }
    }

    /// <summary>What can be given of an asset.</summary>
    public decimal FreeOf(Asset asset) => _engine is { } engine && Knows(asset) ? engine.Portfolio.Ledger.Balance(Owner, LedgerAccount.Free, IndexOf(asset)) : 0;

    /// <summary>What is owned of an asset, what is held back for conversions included.</summary>
    public decimal OwnedOf(Asset asset) => _engine is { } engine && Knows(asset) ? engine.Portfolio.Ledger.Owned(Owner, IndexOf(asset)) : 0;

    /// <summary>Time passes, and assets have these prices in the numeraire.</summary>
    public void Mark(Timestamp now, IReadOnlyList<ConversionRate> rates)
    {
        if (_engine is not { } engine)
        {
            return;
        }

        foreach (ConversionRate rate in rates)
        {
            (Asset asset, decimal price) = rate.Quote == _terms.Numeraire ? (rate.Base, rate.Mid) : rate.Base == _terms.Numeraire && rate.Mid > 0 ? (rate.Quote, 1 / rate.Mid) : (default, 0);
            int index = _assets.IndexOf(asset);
            if (index >= 0 && price is > 0 and < HighestPrice)
            {
                PriceTicks ticks = new((long)decimal.Round(price / TickSize));
                engine.Process(new MarketEvent { ExchangeTime = rate.Time, ReceivedTime = now, Price = ticks, Instrument = new InstrumentId(index), Kind = MarketEventKind.MarkPrice });
            }
        }

        engine.Process(new Heartbeat(now, TimeSpan.Zero));
    }

    /// <summary>
    /// Brings the ledger to what the venue says is held: money that came or went outside is booked as that. While a conversion is open nothing is; and a difference must be seen
    /// twice, because what is read may be older than the last conversion. The first reading opens the books.
    /// </summary>
    /// <returns>What was booked.</returns>
    public IReadOnlyList<Money> Settle(Timestamp now, IReadOnlyList<Holding> holdings)
    {
        if (_engine is not { } engine || Open.Count > 0)
        {
            return [];
        }

        List<Money> booked = [];
        foreach (Asset asset in _assets.Prepend(_terms.Numeraire))
        {
            decimal held = holdings.Where(holding => holding.Total.Asset == asset).Select(static holding => holding.Total.Amount).FirstOrDefault();
            decimal difference = held - OwnedOf(asset);
            bool isBooked = difference != 0 && (!_isOpened || (_differences.TryGetValue(asset.Code, out decimal before) && before == difference));
            _differences.Remove(asset.Code);
            if (isBooked)
            {
                Money moved = new(difference, asset);
                engine.Process(new AccountReport(Owner, moved, now));
                booked.Add(moved);
            }
            else if (difference != 0)
            {
                _differences[asset.Code] = difference;
            }
        }

        _isOpened = true;
        return booked;
    }

    /// <summary>Asks the gate.</summary>
    public ConversionDecision Request(ConversionQuote quote, Timestamp now)
    {
        Know([quote.From.Asset, quote.To.Asset]);
        return _engine!.Process(ConversionReport.Request(quote, Owner, now));
    }

    /// <summary>Books the end of a conversion.</summary>
    public void End(VenueTradeId id, ConversionQuote? settled, Timestamp now)
    {
        if (settled is not null)
        {
            Know([settled.From.Asset, settled.To.Asset]);
            _engine!.Process(ConversionReport.Done(settled, Owner, now));
            PayElsewhere(settled, now);
        }
        else if (_engine?.Conversions.Find(id) is { } open)
        {
            _engine.Process(ConversionReport.NotDone(open, now));
        }
    }

    public void Order(PortfolioOrdered order) => _engine?.Process(
        new OperatorCommand(order.IsHalt ? OperatorAction.Halt : OperatorAction.Resume, Owner, OrderPurpose.Signal, order.Time) { By = order.By, Reason = order.Reason });

    public void Save(ref StateWriter writer)
    {
        writer.Write(_isOpened);
        writer.Write(_assets.Count);
        foreach (Asset asset in _assets)
        {
            writer.Write(asset.Code);
        }

        writer.Write(_differences.Count);
        foreach ((string asset, decimal difference) in _differences)
        {
            writer.Write(asset);
            writer.Write(difference);
        }

        if (_engine is { } engine)
        {
            byte[] state = engine.Save();
            writer.Write(state.Length);
            foreach (byte one in state)
            {
                writer.Write(one);
            }
        }
    }

    public void Restore(ref StateReader reader)
    {
        _isOpened = reader.ReadBoolean();
        _assets.Clear();
        int count = reader.ReadCount();
        for (int i = 0; i < count; i++)
        {
            _assets.Add(new Asset(reader.ReadString()));
        }

        _differences.Clear();
        int differences = reader.ReadCount();
        for (int i = 0; i < differences; i++)
        {
            string asset = reader.ReadString();
            _differences[asset] = reader.ReadDecimal();
        }

        _engine = null;
        if (count > 0)
        {
            byte[] state = new byte[reader.ReadCount()];
            for (int i = 0; i < state.Length; i++)
            {
                state[i] = reader.ReadByte();
            }

            _engine = NewEngine();
            _engine.Restore(state);
        }
    }

    // Prices of assets are marks alone: a hundred-millionth of the numeraire is fine enough for the worth of a coin.
    private const decimal HighestPrice = 10_000_000_000m;

    private static decimal TickSize => 0.00000001m;

    // A venue may take its fee in a coin of its own, out of neither side of the conversion.
    private void PayElsewhere(ConversionQuote settled, Timestamp now)
    {
        foreach (Money fee in settled.Fees.Where(fee => fee.Asset != settled.From.Asset && fee.Asset != settled.To.Asset))
        {
            Know([fee.Asset]);
            _engine!.Process(new AccountReport(Owner, fee with { Amount = -fee.Amount }, now));
        }
    }

    private int IndexOf(Asset asset) => asset == _terms.Numeraire ? 0 : _assets.IndexOf(asset) + 1;

    private void Renew()
    {
        TradingEngine next = NewEngine();
        if (_engine is { } before)
        {
            next.Succeed(before, Continued);
        }

        _engine = next;
    }

    private TradingEngine NewEngine()
    {
        Instrument[] instruments = [.. _assets.Select((asset, i) => new Instrument(new InstrumentId(i), new InstrumentDefinition
        {
            Venue = _terms.Venue,
            Symbol = asset.Code + _terms.Numeraire.Code,
            Kind = InstrumentKind.Spot,
            Base = asset,
            Quote = _terms.Numeraire,
            TickSize = TickSize,
            LotSize = TickSize,
        }))];
        EngineOptions options = new()
        {
            Account = new AccountId(_terms.Account),
            Run = _terms.Run,
            Instruments = instruments,
            Numeraire = _terms.Numeraire,
            Bots = [new BotDefinition { Strategy = new IdleStrategy(), Instruments = [new InstrumentId(0)] }],
            Limits = new RiskLimits { MaxPositionNotional = _terms.MaxPositionNotional },
        };
        return new TradingEngine(options, new EngineSurroundings(new NoOrders()));
    }

    private sealed class IdleStrategy : Strategy;

    private sealed class NoOrders : IVenue
    {
        public void Submit(ApprovedOrder order) => throw new InvalidOperationException("a portfolio account sends no orders");

        public void Cancel(ClientOrderId order) => throw new InvalidOperationException("a portfolio account sends no orders");
    }
}
