using Harrier.Exchanges.Tests.Support;
using Harrier.Testnet.Core;
using Harrier.Testnet.Markets;

namespace Harrier.Exchanges.Tests.Testnet.Markets;

/// <summary>A core with a synthetic market that a test drives step by step, 100 ms each, and what it heard.</summary>
internal sealed class MarketRig : IExchangeListener
{
    public MarketRig(long seed = 7, MarketKind kind = MarketKind.Spot, params string[] symbols)
    {
        string[] names = symbols.Length == 0 ? ["BTCUSDT"] : symbols;
        Core = new ExchangeCore(new ExchangeCoreOptions { Kind = kind, Listings = [.. names.Select(Terms)] }, Time);
        User = Core.OpenAccount(new AccountTerms { Name = "user", Balances = new Dictionary<string, decimal> { ["USDT"] = 1_000_000_000m, ["BTC"] = 100_000m, ["ETH"] = 100_000m } });
        Core.Subscribe(this);
        Flow = new SyntheticOrderFlow([Core], new SyntheticOrderFlowOptions { Seed = seed }, Time);
    }

    public ManualTimeProvider Time { get; } = new();

    public ExchangeCore Core { get; }

    public ExchangeAccount User { get; }

    public SyntheticOrderFlow Flow { get; }

    public List<(ListedInstrument Instrument, PublicTrade Trade)> Trades { get; } = [];

    public long DepthMessages { get; private set; }

    public ListedInstrument Instrument => Core.Listings[0];

    public decimal Middle => (Instrument.Book.BestBid + Instrument.Book.BestAsk) / 2;

    public static ListingTerms Terms(string symbol) => new()
    {
        Symbol = symbol,
        Base = symbol[..^4],
        Quote = "USDT",
        LotSize = symbol == "BTCUSDT" ? 0.00001m : 0.0001m,
        TickSize = 0.01m,
    };

    public void OnTrade(ListedInstrument instrument, PublicTrade trade) => Trades.Add((instrument, trade));

    public void OnDepth(ListedInstrument instrument, in DepthChange change) => DepthMessages++;

    /// <summary>Lets simulated time pass.</summary>
    /// <param name="steps">Tenths of a second.</param>
    /// <param name="each">Called after each.</param>
    public void Run(int steps, Action? each = null)
    {
        for (int i = 0; i < steps; i++)
        {
            Time.Advance(TimeSpan.FromMilliseconds(100));
            Flow.Step();
            lock (Core.Gate)
            {
                Core.Advance();
            }

            each?.Invoke();
        }
    }

    public ExchangeOrder Place(bool isSell, decimal quantity, decimal price = 0) => Core.Place(User, new NewOrder
    {
        Symbol = Instrument.Symbol,
        IsSell = isSell,
        Type = price > 0 ? ExchangeOrderType.Limit : ExchangeOrderType.Market,
        Quantity = quantity,
        Price = price,
    }).Order.ShouldNotBeNull();
}
