using Harrier.Domain;
using Harrier.Engine.Execution;
using Harrier.Exchanges.Binance;
using Harrier.Exchanges.Conversions;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Transport;
using Harrier.Exchanges.Venues;
using Harrier.Testnet.Core;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harrier.Exchanges.Tests.Portfolio;

/// <summary>Prices of conversions on a spot market of the built-in exchange, against figures worked out by hand from its book.</summary>
public sealed class SpotConversionTests : IAsyncLifetime
{
    private static readonly Asset Usdt = new("USDT");
    private static readonly Asset Btc = new("BTC");

    private readonly HttpMessageInvoker _http = RestTransport.Create();
    private SpotPlace _place = null!;
    private ConversionSide _side = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    // A price, and a book around it that the place makes.
    public async ValueTask InitializeAsync()
    {
        _place = await SpotPlace.StartAsync(new BinanceExchange(), TimeProvider.System);
        _side = _place.Open(new VenueSurroundings(_http, new HttpSocketFactory(_http), TimeProvider.System, NullLogger.Instance) { Jitter = static () => 0.5 });
    }

    public async ValueTask DisposeAsync()
    {
        _side.Dispose();
        _http.Dispose();
        await _place.DisposeAsync();
    }

    [Fact]
    public async Task Purchase_OverTwoLevels_IsQuotedAtTheWorse_InWholeLots_LessTheFee()
    {
        (decimal Price, decimal Quantity)[] asks = Asks();
        decimal amount = 10_000;
        (asks[0].Price * asks[0].Quantity).ShouldBeLessThan(amount, "one level is not enough");

        ConversionQuote quote = await QuoteAsync(Usdt, Btc, amount);

        decimal lots = decimal.Floor(amount / asks[1].Price / Lot) * Lot;
        quote.From.ShouldBe(new Money(lots * asks[1].Price, Usdt));
        quote.To.ShouldBe(new Money(lots * 0.999m, Btc));
        quote.Fees.ShouldHaveSingleItem().ShouldBe(new Money(lots * 0.001m, Btc));
    }

    [Fact]
    public async Task Sale_WithinTheBestLevel_IsQuotedAtIt()
    {
        decimal bid = Book.BestBid;
        ConversionQuote quote = await QuoteAsync(Btc, Usdt, 2000.9m * Lot);
        quote.From.ShouldBe(new Money(2000 * Lot, Btc), "less than a lot is kept");
        quote.To.ShouldBe(new Money(2000 * Lot * bid * 0.999m, Usdt));
    }

    [Theory]
    [InlineData("USDT", "BTC", 0.5, "is less than a lot of BTCUSDT")]
    [InlineData("USDT", "BTC", 900_000_000, "the book of BTCUSDT holds too little")]
    [InlineData("USDT", "DOGE", 100, "the venue lists no market of USDT and DOGE")]
    [InlineData("BTC", "BTC", 1, "into another asset")]
    public async Task Quote_OfWhatCannotBe_IsRefusedBeforeAnythingIsSent(string from, string to, double amount, string why)
    {
        ConversionAnswer<ConversionQuote> answer = await _side.Conversions.QuoteAsync(Request(new Asset(from), new Asset(to), (decimal)amount), Stop);
        answer.IsOk.ShouldBeFalse();
        answer.Detail.ShouldContain(why);
        _place.Orders().ShouldBeEmpty();
    }

    [Fact]
    public async Task Rates_AreThoseOfTheBook_BothWays()
    {
        ConversionRate straight = (await _side.Rates.GetAsync(new Rates.RatePair(Btc, Usdt), Stop)).Value.ShouldNotBeNull();
        (straight.Bid, straight.Ask).ShouldBe((Book.BestBid, Book.BestAsk));
        ConversionRate back = (await _side.Rates.GetAsync(new Rates.RatePair(Usdt, Btc), Stop)).Value.ShouldNotBeNull();
        (back.Bid, back.Ask).ShouldBe((1 / Book.BestAsk, 1 / Book.BestBid));
    }

    [Fact]
    public async Task Holdings_AreAllThatTheAccountHas()
    {
        ConversionAnswer<IReadOnlyList<Holding>> holdings = await _side.Conversions.HoldingsAsync(Stop);
        holdings.Value!.ToDictionary(static one => one.Total.Asset.Code, static one => one.Total.Amount).ShouldBe(_place.Balances(), ignoreOrder: true);
    }

    [Fact]
    public void Contracts_HoldNothing_SoNothingIsConvertedThere()
    {
        AccountRequest request = new("binance-usdm", new VenuePlace(PlaceKind.Address, new Uri("http://127.0.0.1:9")), new ApiCredentials("key", new Secret("secret")));
        using Harrier.Exchanges.Trading.AccountAccess access = new BinanceExchange().OpenAccount(request, new VenueSurroundings(_http, new HttpSocketFactory(_http), TimeProvider.System, NullLogger.Instance) { Jitter = static () => 0.5 });
        ConversionSide.Of(access, TimeProvider.System).ShouldBeNull();
    }

    private BookView Book => Listing.Book;

    private decimal Lot => Listing.LotSize;

    private ListedInstrument Listing => _place.Exchange.Market(_place.Venue).Facts.Core.Find("BTCUSDT")!;

    private (decimal Price, decimal Quantity)[] Asks()
    {
        ExchangeCore core = _place.Exchange.Market(_place.Venue).Facts.Core;
        lock (core.Gate)
        {
            return [.. core.OpenOrders(core.ByName("house")!, "BTCUSDT").Where(static one => one.Terms.IsSell).OrderBy(static one => one.Price).Select(static one => (one.Price, one.Quantity))];
        }
    }

    private static ConversionRequest Request(Asset from, Asset to, decimal amount) => new(new ClientOrderId(0xC0FFEE, 1), from, to, new Money(amount, from));

    private async Task<ConversionQuote> QuoteAsync(Asset from, Asset to, decimal amount)
    {
        ConversionAnswer<ConversionQuote> answer = await _side.Conversions.QuoteAsync(Request(from, to, amount), Stop);
        return answer.Value.ShouldNotBeNull(answer.Detail);
    }
}
