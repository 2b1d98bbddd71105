using Harrier.Bench.Figures;
using Harrier.Simulation.Randomness;
using Harrier.Simulation.Synthetic;
using Harrier.Testnet.Core;
using Harrier.Testnet.Markets;

namespace Harrier.Bench.Markets;

/// <summary>
/// The built-in exchange without its wire: the order flow of 300 symbols with candles and tickers listening, the flow's thinking alone, and orders of a
/// user through the core beside it.
/// </summary>
/// <param name="time">Source of the timestamps.</param>
public sealed class MarketFigures(TimeProvider time) : IFigureArea
{
    private const int SymbolCount = 300;
    private const int OrderCount = 5000;

    /// <inheritdoc/>
    public string Name => "markets";

    /// <inheritdoc/>
    public IEnumerable<Figure> Measure(IReadOnlyDictionary<string, string> options)
    {
        Repetitions repetitions = new(time);
        yield return Latent(repetitions);
        yield return Thinking(repetitions);

        Exchange exchange = new(SymbolCount, time);
        exchange.Run(50);
        Figure step = repetitions.NanosecondsPer(Name, "step of one symbol, core and candles included", "ns", SymbolCount * 10, () => exchange.Run(10));
        yield return step;

        // Ten steps of each symbol are one second of the market.
        yield return Scaled(step, "core for 300 symbols at 30 messages/s", "% of one core", SymbolCount * 10 / 1e9 * 100);

        Figure orders = repetitions.NanosecondsPer(Name, "user order placed and canceled", "ns", OrderCount, () => exchange.PlaceAndCancel(OrderCount / 2));
        yield return orders;
        yield return Scaled(orders, "core for 5,000 orders/s", "% of one core", OrderCount / 1e9 * 100);
    }

    private Figure Latent(Repetitions repetitions)
    {
        LatentMarket latent = new(1, [.. Enumerable.Range(0, SymbolCount).Select(i => SymbolCatalog.Find(new("S" + i), new("USDT")))], default);
        return repetitions.NanosecondsPer(Name, "latent price of one symbol, one step", "ns", SymbolCount * 10, () =>
        {
            for (int i = 0; i < 10; i++)
            {
                latent.Advance();
            }
        });
    }

    private Figure Thinking(Repetitions repetitions)
    {
        OrderFlowModel[] models = [.. Enumerable.Range(0, SymbolCount).Select(i => new OrderFlowModel(new OrderFlowSettings(), 1e6, new RandomStream(i)))];
        List<FlowAction> actions = [];
        FlowView view = new(50_000.5, 0.0001, 1, 50_000, 50_001);
        return repetitions.NanosecondsPer(Name, "order flow of one symbol without the core, one step", "ns", SymbolCount * 10, () =>
        {
            for (int i = 0; i < 10; i++)
            {
                foreach (OrderFlowModel model in models)
                {
                    actions.Clear();
                    model.Step(view, actions);
                }
            }
        });
    }

    private static Figure Scaled(Figure figure, string name, string unit, double factor) =>
        new(figure.Area, name, unit, figure.Median * factor, figure.Least * factor, figure.Most * factor);

    private sealed class Exchange
    {
        private readonly ExchangeCore _core;
        private readonly CandleStore _candles;
        private readonly TickerWindow _tickers;
        private readonly ExchangeAccount _user;
        private readonly string[] _symbols;

        public Exchange(int symbols, TimeProvider time)
        {
            _symbols = [.. Enumerable.Range(0, symbols).Select(i => $"S{i}USDT")];
            _core = new ExchangeCore(new ExchangeCoreOptions { Listings = [.. _symbols.Select(List)] }, time);
            _candles = new CandleStore(_core, CandleStoreOptions.For(symbols));
            _tickers = new TickerWindow(_core, _candles);
            _user = _core.OpenAccount(new AccountTerms { Name = "user", Balances = new Dictionary<string, decimal> { ["USDT"] = 1e12m } });
            Flow = new SyntheticOrderFlow([_core], new SyntheticOrderFlowOptions(), time);
        }

        // Stepped by hand and never started: it holds nothing to dispose of.
        private SyntheticOrderFlow Flow { get; }

        public void Run(int steps)
        {
            for (int i = 0; i < steps; i++)
            {
                Flow.Step();
                lock (_core.Gate)
                {
                    _core.Advance();
                    _candles.Cut();
                }
            }

            _tickers.Ticker(_symbols[0]);
        }

        public void PlaceAndCancel(int count)
        {
            for (int i = 0; i < count; i++)
            {
                ListedInstrument instrument = _core.Listings[i % _symbols.Length];
                lock (_core.Gate)
                {
                    decimal price = Math.Round(instrument.Book.BestBid * 0.999m / instrument.TickSize) * instrument.TickSize;
                    ExchangeOrder? order = _core.Place(_user, new NewOrder
                    {
                        Symbol = instrument.Symbol,
                        Type = ExchangeOrderType.Limit,
                        Price = price,
                        Quantity = decimal.Ceiling(10 / price / instrument.LotSize) * instrument.LotSize,
                    }).Order;
                    _core.Cancel(_user, new OrderKey(instrument.Symbol, order?.Id, null));
                }
            }
        }

        private static ListingTerms List(string symbol)
        {
            SyntheticSymbol properties = SymbolCatalog.Find(new(symbol[..^4]), new("USDT"));
            return new ListingTerms
            {
                Symbol = symbol,
                Base = symbol[..^4],
                Quote = "USDT",
                TickSize = properties.TickSize,
                LotSize = properties.LotSize,
                MinPrice = properties.TickSize,
                MinQuantity = properties.LotSize,
                MaxQuantity = 1e9m,
            };
        }
    }
}
