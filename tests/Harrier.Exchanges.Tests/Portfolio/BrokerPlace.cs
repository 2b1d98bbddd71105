using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Harrier.Domain;
using Harrier.Exchanges.Conversions;
using Harrier.Exchanges.Tests.Testnet.Uphold;
using Harrier.Exchanges.Uphold;
using Harrier.Exchanges.Venues;
using Harrier.Testnet;
using Harrier.Testnet.Core;
using Harrier.Testnet.Uphold;

namespace Harrier.Exchanges.Tests.Portfolio;

/// <summary>The built-in broker.</summary>
internal sealed class BrokerPlace : PortfolioPlace
{
    private BrokerPlace(QuietBroker broker) => Broker = broker;

    public QuietBroker Broker { get; }

    public override BuiltInExchange Exchange => Broker.Exchange;

    public override string Venue => UpholdFrontEnd.VenueName;

    public override Asset Numeraire { get; } = new("USD");

    public override IReadOnlyDictionary<Asset, int> Decimals { get; } = new Dictionary<Asset, int> { [new Asset("USD")] = 2, [new Asset("XRP")] = 6 };

    public override string Commit => "/commit";

    /// <summary>A broker with dollars, bitcoin, ether and ripple.</summary>
    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The place ends its broker.")]
    public static async Task<BrokerPlace> StartAsync(TimeProvider time, UpholdRules? rules = null) =>
        new(await QuietBroker.StartAsync((rules ?? new UpholdRules { Margin = 0 }) with { OpensWith = ["USD", "BTC", "ETH", "XRP"] }, time));

    public override ConversionSide Open(VenueSurroundings surroundings)
    {
        AccountRequest request = new(Venue, new VenuePlace(PlaceKind.Address, Broker.Rest), new ApiCredentials("default", new Secret(QuietBroker.Token)));
        return ConversionSide.Of(new UpholdExchange().OpenAccount(request, surroundings), surroundings.Time)!;
    }

    public override void Price(string coin, decimal price)
    {
        ExchangeCore market = Exchange.Market("binance-spot").Facts.Core;
        lock (market.Gate)
        {
            market.Find(coin + "USDT")!.LastPrice = decimal.Round(price, 8);
        }
    }

    public override decimal PriceOf(string coin) => Exchange.Market("binance-spot").Facts.Core.Find(coin + "USDT")!.LastPrice;

    public override async Task<IReadOnlyList<string>> MovedAsync(uint run)
    {
        string ours = new ClientOrderId(run, 0).ToString()[..^1];
        JsonElement truth = await Broker.TruthAsync();
        JsonElement[] transactions = [.. truth.GetProperty("transactions").EnumerateArray().Where(one => one.GetProperty("reference").GetString()?.StartsWith(ours, StringComparison.Ordinal) == true)];
        transactions.Where(static one => one.GetProperty("commitCalls").GetInt32() > 1).ShouldBeEmpty("a commit leaves once");
        return [.. transactions.Where(static one => one.GetProperty("status").GetString() == "completed").Select(static one => one.GetProperty("id").GetString()!).Order(StringComparer.Ordinal)];
    }

    public override async Task BuyByHandAsync(string coin, decimal worth)
    {
        string from = await Broker.CardAsync(Numeraire.Code);
        BrokerReply quote = await Broker.PostAsync($"/v0/me/cards/{from}/transactions", new { denomination = new { amount = worth.ToString(System.Globalization.CultureInfo.InvariantCulture), currency = Numeraire.Code }, destination = await Broker.CardAsync(coin) });
        quote.Status.ShouldBe(200, quote.Text);
        (await Broker.PostAsync($"/v0/me/cards/{from}/transactions/{quote.TextOf("id")}/commit")).Status.ShouldBe(200);
    }

    public override ValueTask DisposeAsync() => Broker.DisposeAsync();
}
