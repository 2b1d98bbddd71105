using System.Text.Json;
using Harrier.Domain;
using Harrier.Exchanges.Feeds;
using Harrier.Exchanges.Symbols;
using Harrier.Exchanges.Trading;
using Harrier.Exchanges.Venues;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;
using Harrier.Testnet.Hosting.Faults;
using Harrier.Testnet.Markets;

namespace Harrier.Exchanges.Tests.Contract;

/// <summary>A market of the built-in exchange that is served to an adapter.</summary>
/// <param name="Origin">Where its venue is served.</param>
/// <param name="Core">The market under test.</param>
/// <param name="Cores">All markets of the venue.</param>
internal sealed record ServedMarket(HostedOrigin Origin, ExchangeCore Core, IReadOnlyList<ExchangeCore> Cores);

/// <summary>Symbols, address and key of one connection of an adapter.</summary>
/// <param name="Ready">The part of the exchange's ready line that is about this venue.</param>
/// <param name="Credentials">Key and secret.</param>
/// <param name="Symbols">Symbols that are traded.</param>
internal sealed record ContractAccount(JsonElement Ready, ApiCredentials Credentials, IReadOnlyList<string> Symbols)
{
    public Uri Address(string name) => new(Ready.GetProperty(name).GetString()!);
}

/// <summary>What the contract suite has to know of a venue: how its adapter is made, how the built-in exchange serves it, and in what venues differ on purpose.</summary>
internal abstract class ContractVenue
{
    /// <summary>The part of the ready line that is about it.</summary>
    public abstract string House { get; }

    public abstract bool IsSpot { get; }

    /// <summary>True where a write is answered by a receipt, and only a query or the stream tells what came of it.</summary>
    public virtual bool ConfirmsLater => false;

    /// <summary>True where orders that wait for a trigger live apart.</summary>
    public virtual bool SeparateConditionals => false;

    /// <summary>True where a trailing stop is an order like others.</summary>
    public virtual bool HasTrailingOrders => true;

    /// <summary>True where a ban lasts minutes and says nothing of its end.</summary>
    public virtual bool BansForMinutes => false;

    /// <summary>Names of the messages that tell of an account's orders and executions.</summary>
    public abstract IReadOnlyList<string> OrderNews { get; }

    /// <summary>Names of all messages of the private stream.</summary>
    public abstract IReadOnlyList<string> PrivateNews { get; }

    /// <summary>Part of the names of the messages of books.</summary>
    public abstract string BookNews { get; }

    /// <summary>Fees that the exchange takes; those that the adapter reads.</summary>
    public const decimal MakerFee = 0.0002m;

    public const decimal TakerFee = 0.0005m;

    public abstract ServedMarket Serve(IReadOnlyList<ListingTerms> listings, TestnetOptions options, FaultInjector faults);

    public abstract TradingAccess Open(ContractAccount account, VenueSurroundings surroundings);

    /// <summary>The market as a feed needs it.</summary>
    public abstract VenueStreams Streams(ContractAccount account, TradingAccess access, VenueSurroundings surroundings);

    public abstract VenueSymbols SymbolsOf(TradingAccess access);

    /// <summary>The id under which the venue tells of an execution.</summary>
    public virtual VenueTradeId TradeIdOf(ExchangeFill fill, long seed) => fill.TradeId;

    private protected static MarketFacts Facts(ExchangeCoreOptions options)
    {
        ExchangeCore core = new(options, TimeProvider.System);
        CandleStore candles = new(core, CandleStoreOptions.For(options.Listings.Count));
        return new MarketFacts(core, candles, new TickerWindow(core, candles));
    }
}
