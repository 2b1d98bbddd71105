using Harrier.Domain;
using Harrier.Exchanges.Bybit;
using Harrier.Exchanges.Bybit.Feeds;
using Harrier.Exchanges.Feeds;
using Harrier.Exchanges.Symbols;
using Harrier.Exchanges.Trading;
using Harrier.Exchanges.Venues;
using Harrier.Testnet.Bybit;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;
using Harrier.Testnet.Hosting.Faults;
using BuiltIn = Harrier.Testnet.Bybit.BybitVenue;
using Market = Harrier.Exchanges.Bybit.BybitMarket;

namespace Harrier.Exchanges.Tests.Contract;

/// <summary>Bybit, spot or linear.</summary>
internal sealed class BybitVenue(Market market) : ContractVenue
{
    public override string House => "bybit";

    public override bool IsSpot => market == Market.Spot;

    public override bool ConfirmsLater => true;

    public override bool HasTrailingOrders => false;

    public override bool BansForMinutes => true;

    public override IReadOnlyList<string> OrderNews => ["order", "execution"];

    public override IReadOnlyList<string> PrivateNews => IsSpot ? ["order", "execution", "wallet"] : ["order", "execution", "position", "wallet"];

    public override string BookNews => "orderbook.";

    public override ServedMarket Serve(IReadOnlyList<ListingTerms> listings, TestnetOptions options, FaultInjector faults)
    {
        MarketFacts spot = Facts(BuiltIn.CoreOptions(listings) with { MakerFee = MakerFee, TakerFee = TakerFee });
        MarketFacts linear = Facts(BuiltIn.CoreOptions(listings, spot.Core) with { MakerFee = MakerFee, TakerFee = TakerFee });
        BuiltIn venue = new(spot, linear, options, faults, TimeProvider.System);
        return new ServedMarket(BybitOrigin.Of(options.Seed, venue), IsSpot ? spot.Core : linear.Core, [spot.Core, linear.Core]);
    }

    public override TradingAccess Open(ContractAccount account, VenueSurroundings surroundings)
    {
        BybitAccountOptions options = new() { Market = market, Endpoints = Endpoints(account), Credentials = account.Credentials, Symbols = account.Symbols };
        return new BybitAccount(options, BybitAccount.RequestsOf(options, surroundings), surroundings);
    }

    public override VenueStreams Streams(ContractAccount account, TradingAccess access, VenueSurroundings surroundings) => BybitStreams.Of(market, Endpoints(account).Streams);

    public override VenueSymbols SymbolsOf(TradingAccess access) => access.ShouldBeOfType<BybitAccount>().Symbols;

    public override VenueTradeId TradeIdOf(ExchangeFill fill, long seed)
    {
        VenueTradeId.TryParse(new BybitIds(IsSpot, seed).Of(fill), out VenueTradeId id).ShouldBeTrue();
        return id;
    }

    private static BybitEndpoints Endpoints(ContractAccount account) => new(account.Address("rest"), account.Address("ws"));
}
