using System.Diagnostics.CodeAnalysis;
using Harrier.Exchanges.Binance;
using Harrier.Exchanges.Binance.Feeds;
using Harrier.Exchanges.Feeds;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Symbols;
using Harrier.Exchanges.Trading;
using Harrier.Exchanges.Venues;
using Harrier.Testnet.Binance;
using Harrier.Testnet.Binance.Linear;
using Harrier.Testnet.Binance.Spot;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;
using Harrier.Testnet.Hosting.Faults;

namespace Harrier.Exchanges.Tests.Contract;

/// <summary>Binance, spot or USD-M.</summary>
internal sealed class BinanceVenue(BinanceMarket market) : ContractVenue
{
    public override string House => "binance";

    public override bool IsSpot => market == BinanceMarket.Spot;

    public override bool SeparateConditionals => !IsSpot;

    public override IReadOnlyList<string> OrderNews => ["executionReport", "ORDER_TRADE_UPDATE", "TRADE_LITE"];

    public override IReadOnlyList<string> PrivateNews => IsSpot ? ["executionReport", "outboundAccountPosition"] : ["@ORDER_TRADE_UPDATE", "@ACCOUNT_UPDATE"];

    public override string BookNews => "@depth";

    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The host disposes of its front ends.")]
    public override ServedMarket Serve(IReadOnlyList<ListingTerms> listings, TestnetOptions options, FaultInjector faults)
    {
        ExchangeCoreOptions terms = new() { Kind = MarketKind.Spot, Listings = listings, MakerFee = MakerFee, TakerFee = TakerFee };
        MarketFacts spot = Facts(terms);
        MarketFacts linear = Facts(terms with { Kind = MarketKind.Linear });
        HostedMarket[] markets =
        [
            new(spot, new SpotFrontEnd(spot, options, faults, TimeProvider.System)),
            new(linear, new LinearFrontEnd(linear, options, faults, TimeProvider.System)),
        ];
        return new ServedMarket(BinanceOrigin.Of(options.Seed, markets), IsSpot ? spot.Core : linear.Core, [spot.Core, linear.Core]);
    }

    public override TradingAccess Open(ContractAccount account, VenueSurroundings surroundings)
    {
        BinanceAccountOptions options = new() { Market = market, Endpoints = Endpoints(account), Credentials = account.Credentials, Symbols = account.Symbols };
        return new BinanceAccount(options, BinanceAccount.RequestsOf(options, surroundings), surroundings);
    }

    public override VenueStreams Streams(ContractAccount account, TradingAccess access, VenueSurroundings surroundings)
    {
        RestClient rest = new(
            new RestClientOptions { BaseAddress = Endpoints(account).Rest, Jitter = surroundings.Jitter }, surroundings.Http, access.Budget, new BinanceRestDialect(market), access.Clock);
        return BinanceStreams.Of(market, Endpoints(account).Streams, new BinanceDepthSource(market, rest, (BinanceSymbols)SymbolsOf(access), 1000).GetAsync);
    }

    public override VenueSymbols SymbolsOf(TradingAccess access) => access.ShouldBeOfType<BinanceAccount>().Symbols;

    private static BinanceEndpoints Endpoints(ContractAccount account) => BinanceEndpoints.At(account.Address("rest"), account.Address("ws"), account.Address("wsApi"));
}
