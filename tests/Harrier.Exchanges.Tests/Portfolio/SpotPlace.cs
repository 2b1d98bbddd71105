using System.Text.Json;
using Harrier.Domain;
using Harrier.Exchanges.Conversions;
using Harrier.Exchanges.Venues;
using Harrier.Testnet;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;
using Harrier.Testnet.Markets;

namespace Harrier.Exchanges.Tests.Portfolio;

/// <summary>A spot market of the built-in exchange; its books are a house's, which the test moves.</summary>
internal sealed class SpotPlace : PortfolioPlace
{
    private const int Levels = 4;
    private readonly Exchange _adapter;
    private readonly ExchangeAccount _house;

    private SpotPlace(BuiltInExchange exchange, Exchange adapter, bool isQuiet)
    {
        (Exchange, _adapter) = (exchange, adapter);
        Venue = adapter.Venues.First(static name => name.EndsWith("-spot", StringComparison.Ordinal));
        lock (Core.Gate)
        {
            _house = Core.OpenAccount(new AccountTerms { Name = "house", IsHouse = true });
        }

        foreach (ListedInstrument instrument in isQuiet ? Core.Listings : [])
        {
            Quote(instrument.Symbol, instrument.LastPrice);
        }
    }

    public override BuiltInExchange Exchange { get; }

    public override string Venue { get; }

    public override Asset Numeraire { get; } = new("USDT");

    public override string Commit => Venue.StartsWith("binance", StringComparison.Ordinal) ? "POST /api/v3/order" : "/v5/order/create";

    /// <summary>Worth of the two best levels of each side, in the numeraire or whatever prices are in; deeper ones hold a lot.</summary>
    public decimal LevelWorth { get; set; } = 6_000;

    public static Task<SpotPlace> StartAsync(Exchange adapter, TimeProvider time) => StartAsync(adapter, time, isQuiet: true);

    /// <summary>A market that moves by itself, as on a lively day.</summary>
    public static Task<SpotPlace> StartLivelyAsync(Exchange adapter) => StartAsync(adapter, TimeProvider.System, isQuiet: false);

    private static async Task<SpotPlace> StartAsync(Exchange adapter, TimeProvider time, bool isQuiet)
    {
        BuiltInExchangeOptions options = new()
        {
            Symbols = ["BTCUSDT", "ETHUSDT", "XRPUSDT", "ETHBTC"],
            IsDriven = !isQuiet,
            Scenario = MarketScenario.Lively,
            Venues = [.. adapter.Venues.Where(static name => name.EndsWith("-spot", StringComparison.Ordinal))],
            Host = new TestnetOptions { Seed = Seed, IsUnlimited = true },
        };
        return new SpotPlace(await BuiltInExchange.StartAsync(options, time, stop: TestContext.Current.CancellationToken), adapter, isQuiet);
    }

    /// <summary>Where its calls are served.</summary>
    public Uri Rest => new(Exchange.Host.Origins[House].Http);

    public ApiCredentials Credentials
    {
        get
        {
            using JsonDocument ready = JsonDocument.Parse(Exchange.Host.ReadyLine);
            JsonElement keys = ready.RootElement.GetProperty(House);
            return new ApiCredentials(keys.GetProperty("key").GetString()!, new Secret(keys.GetProperty("secret").GetString()!));
        }
    }

    private string House => Venue.Split('-')[0];

    public override ConversionSide Open(VenueSurroundings surroundings)
    {
        AccountRequest request = new(Venue, new VenuePlace(PlaceKind.Address, Rest), Credentials);
        return ConversionSide.Of(_adapter.OpenAccount(request, surroundings), surroundings.Time)!;
    }

    public override void Price(string coin, decimal price) => Quote(coin + Numeraire.Code, price);

    public override decimal PriceOf(string coin) => MiddleOf(coin + Numeraire.Code);

    public decimal MiddleOf(string symbol)
    {
        ListedInstrument instrument = Core.Find(symbol)!;
        return (instrument.Book.BestBid + instrument.Book.BestAsk) / 2;
    }

    /// <summary>The house's prices from now on, a hundredth of a percent apart.</summary>
    public void Quote(string symbol, decimal price)
    {
        lock (Core.Gate)
        {
            ListedInstrument instrument = Core.Find(symbol)!;
            Core.CancelAll(_house, symbol, conditional: false);
            decimal unit = instrument.Quote == Numeraire.Code ? 1 : 1 / MiddleOf(instrument.Quote + Numeraire.Code);
            for (int level = 1; level <= Levels; level++)
            {
                decimal worth = (level < Levels - 1 ? LevelWorth : 1_000_000) * unit;
                foreach (bool isSell in (bool[])[false, true])
                {
                    decimal at = price * (1 + ((isSell ? 0.0001m : -0.0001m) * level));
                    decimal ticks = isSell ? decimal.Ceiling(at / instrument.TickSize) + level : decimal.Floor(at / instrument.TickSize) - level;
                    decimal limit = ticks * instrument.TickSize;
                    decimal quantity = decimal.Ceiling(worth / limit / instrument.LotSize) * instrument.LotSize;
                    Core.Place(_house, new NewOrder { Symbol = symbol, IsSell = isSell, Type = ExchangeOrderType.Limit, Quantity = quantity, Price = limit }).Refusal.ShouldBeNull();
                }
            }
        }
    }

    /// <summary>Nearly all that is on offer near the price is taken away by others.</summary>
    public void Thin(string symbol)
    {
        decimal price = MiddleOf(symbol);
        decimal worth = LevelWorth;
        LevelWorth = 700;
        Quote(symbol, price);
        LevelWorth = worth;
    }

    /// <summary>Orders of ours that the exchange ever took, whatever became of them.</summary>
    public IReadOnlyList<ExchangeOrder> Orders()
    {
        lock (Core.Gate)
        {
            return [.. Core.Listings.SelectMany(one => Core.OrderHistory(Account, one.Symbol, new HistoryRange { Limit = 10_000 }))];
        }
    }

    public override Task<IReadOnlyList<string>> MovedAsync(uint run)
    {
        ExchangeOrder[] ours = [.. Orders().Where(one => ClientOrderId.TryParse(one.OwnClientId, out ClientOrderId id) && id.Run == run)];
        ours.Select(static one => one.OwnClientId).Distinct(StringComparer.Ordinal).Count().ShouldBe(ours.Length, "an order leaves once");
        return Task.FromResult<IReadOnlyList<string>>([.. ours.Where(static one => one.Executed > 0).Select(one => VenueTradeId.Derive($"{Venue}/{one.OwnClientId}").ToString()).Order(StringComparer.Ordinal)]);
    }

    public override Task BuyByHandAsync(string coin, decimal worth)
    {
        lock (Core.Gate)
        {
            Core.Place(Account, new NewOrder { Symbol = coin + Numeraire.Code, Type = ExchangeOrderType.Market, QuoteQuantity = worth }).Refusal.ShouldBeNull();
        }

        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync() => Exchange.DisposeAsync();
}
