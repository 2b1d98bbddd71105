using System.Text.Json;
using Harrier.Testnet.Core;
using Harrier.Testnet.Hosting;
using Harrier.Testnet.Hosting.Faults;
using Microsoft.AspNetCore.Http;

namespace Harrier.Testnet.Uphold;

/// <summary>Uphold: requests under <c>/v0</c>, tokens under <c>/oauth2</c>. A broker without a book: its prices are those of the spot market.</summary>
public sealed class UpholdFrontEnd : IFrontEnd
{
    /// <summary>Venue id.</summary>
    public const string VenueName = "uphold";

    private const int Unlimited = 1_000_000_000;
    private const decimal OpeningDollars = 100_000;

    private readonly long _seed;
    private readonly IReadOnlyList<string> _opensWith;
    private readonly BrokerPrices _prices;
    private readonly BrokerCards _cards;
    private readonly BrokerDesk _desk;
    private readonly BrokerServer _server;

    /// <summary>Serves a broker.</summary>
    /// <param name="facts">Accounts and balances; an exchange without instruments.</param>
    /// <param name="market">The spot market whose prices are taken.</param>
    /// <param name="options">Limits and seed.</param>
    /// <param name="parts">What goes wrong, the terms, and the clock of delays.</param>
    public UpholdFrontEnd(MarketFacts facts, ExchangeCore market, TestnetOptions options, (FaultInjector Faults, UpholdRules Rules, TimeProvider Time) parts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(market);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(parts.Rules);
        _seed = options.Seed;
        _opensWith = parts.Rules.OpensWith;
        int limit = options.IsUnlimited ? Unlimited : parts.Rules.RequestsPerMinute;
        Limits = new RequestLimits(new RateRule("REQUESTS", "MINUTE", 1, limit), new RateRule("REQUESTS", "MINUTE", 5, Unlimited), []);
        _prices = new BrokerPrices(market, parts.Rules.Spread);
        _cards = new BrokerCards(facts.Core, options.Seed);
        _desk = new BrokerDesk(facts.Core, _cards, _prices, (parts.Rules, options.Seed));
        facts.Core.Subscribe(_desk);
        BrokerApi api = new(_prices, _cards, _desk, parts.Rules);
        _server = new BrokerServer(facts.Core, api, (Limits, parts.Faults), (new TokenBook(facts.Core, options.Seed), parts.Time));
    }

    /// <inheritdoc/>
    public string Venue => VenueName;

    /// <inheritdoc/>
    public RequestLimits Limits { get; }

    /// <summary>The dollar, and about as much worth of each other asset.</summary>
    public IReadOnlyDictionary<string, decimal>? OpeningBalances => _prices.Assets.Where(a => _opensWith.Count == 0 || _opensWith.Contains(a.Code, StringComparer.Ordinal)).ToDictionary(
        a => a.Code,
        a => TestnetAccounts.RoundDown(OpeningDollars / Math.Max(0.000000000001m, _prices.Of(a, BrokerAsset.Of("USD"))?.Ask ?? OpeningDollars)),
        StringComparer.Ordinal);

    /// <inheritdoc/>
    public bool Claims(string path) => path.StartsWith("/v0/", StringComparison.Ordinal) || path == "/oauth2/token";

    /// <inheritdoc/>
    public Task HandleAsync(HttpContext context) => _server.HandleAsync(context);

    /// <inheritdoc/>
    public void Tick() => _desk.Tick();

    /// <inheritdoc/>
    public void OnTransfer(ExchangeAccount account, string asset, decimal amount)
    {
        ArgumentNullException.ThrowIfNull(account);
        _cards.OnTransfer(account, asset, amount);
    }

    /// <inheritdoc/>
    public void WriteKeys(Utf8JsonWriter json, string account)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.WriteString("token", TokenBook.TokenOf(_seed, account));
    }

    /// <inheritdoc/>
    public void WriteTruth(Utf8JsonWriter json, ExchangeAccount account)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(account);
        json.WriteStartArray("cards");
        foreach (BrokerCard card in _cards.Of(account))
        {
            json.WriteStartObject();
            json.WriteString("id", card.Id);
            json.WriteString("asset", card.Asset.Code);
            json.WriteString("balance", BrokerText.Price(card.Balance));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("transactions");
        foreach (BrokerTransaction transaction in _desk.All(account))
        {
            json.WriteStartObject();
            json.WriteString("id", transaction.Id);
            json.WriteString("reference", transaction.Reference);
            json.WriteString("status", transaction.Status);
            json.WriteNumber("commitCalls", transaction.CommitCalls);
            json.WriteString("from", transaction.Origin.Card.Asset.Code);
            json.WriteString("fromAmount", BrokerText.Price(transaction.Origin.Amount));
            json.WriteString("to", transaction.Destination.Card.Asset.Code);
            json.WriteString("toAmount", BrokerText.Price(transaction.Destination.Amount));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
