using System.Text.Json;
using Harrier.Domain;
using Harrier.Exchanges.Binance.Mapping;
using Harrier.Exchanges.Binance.Wire;
using Harrier.Exchanges.Requests;
using Harrier.Exchanges.Symbols;

namespace Harrier.Exchanges.Binance;

/// <summary>The symbols and limits that exchangeInfo tells of.</summary>
public sealed class BinanceSymbols : VenueSymbols
{
    private readonly BinanceMarket _market;
    private IReadOnlyList<BudgetRule> _limits;

    /// <summary>No symbols yet.</summary>
    /// <param name="market">Which market.</param>
    /// <param name="venue">The venue's id on the instruments; null takes the market's own.</param>
    /// <param name="chosen">Only these symbols, whose ids follow this order; null for all in the venue's order.</param>
    public BinanceSymbols(BinanceMarket market, VenueId? venue = null, IReadOnlyList<string>? chosen = null)
        : base(venue ?? new VenueId(market == BinanceMarket.Spot ? "binance-spot" : "binance-usdm"), chosen)
    {
        _market = market;
        _limits = BinanceLimits.Defaults(market);
    }

    /// <summary>The limits of the venue, as rules of the request budget.</summary>
    public IReadOnlyList<BudgetRule> Limits => Volatile.Read(ref _limits);

    /// <summary>Reads an answer to exchangeInfo.</summary>
    /// <exception cref="JsonException">It is not one.</exception>
    public void Load(ReadOnlySpan<byte> exchangeInfo) =>
        Apply(JsonSerializer.Deserialize(exchangeInfo, BinanceJson.Default.ExchangeInfoMessage) ?? throw new JsonException("exchangeInfo is null"));

    internal void Apply(ExchangeInfoMessage message)
    {
        IReadOnlyList<BudgetRule> limits = BinanceLimits.From(message);
        if (limits.Count > 0)
        {
            Volatile.Write(ref _limits, limits);
        }

        Apply(
            message.Symbols.Select(symbol => SymbolMapping.RulesOf(_market, Venue, symbol)).OfType<SymbolRules>(),
            message.Symbols.Select(symbol => symbol.Symbol).ToHashSet(StringComparer.Ordinal));
    }
}
