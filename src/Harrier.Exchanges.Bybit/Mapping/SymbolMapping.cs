using Harrier.Domain;
using Harrier.Exchanges.Bybit.Wire;
using Harrier.Exchanges.Symbols;

namespace Harrier.Exchanges.Bybit.Mapping;

/// <summary>An instrument of instruments-info as rules and instrument. Pure.</summary>
internal static class SymbolMapping
{
    private const decimal Unlimited = 1_000_000_000_000_000_000m;

    /// <summary>The rules, or null for what the platform does not trade: dated contracts, and instruments without a grid.</summary>
    public static SymbolRules? RulesOf(BybitMarket market, VenueId venue, InstrumentMessage message)
    {
        bool isSpot = market == BybitMarket.Spot;
        bool isOther = !isSpot && message.ContractType is not (null or "LinearPerpetual");
        LotSizeFilterMessage lots = message.LotSizeFilter ?? new LotSizeFilterMessage();
        decimal step = (isSpot ? lots.BasePrecision : lots.QtyStep) ?? 0;
        decimal tick = message.PriceFilter?.TickSize ?? 0;
        if (isOther || message.Symbol.Length == 0 || string.IsNullOrWhiteSpace(message.BaseCoin) || string.IsNullOrWhiteSpace(message.QuoteCoin) || step <= 0 || tick <= 0)
        {
            return null;
        }

        decimal least = isSpot ? step : lots.MinOrderQty ?? step;
        decimal most = (isSpot ? lots.MaxLimitOrderQty : lots.MaxOrderQty) ?? 0;
        decimal leastValue = (isSpot ? lots.MinOrderAmt : lots.MinNotionalValue) ?? 0;
        return new SymbolRules
        {
            Definition = new InstrumentDefinition
            {
                Venue = venue,
                Symbol = message.Symbol,
                Kind = isSpot ? InstrumentKind.Spot : InstrumentKind.LinearPerpetual,
                Base = new Asset(message.BaseCoin),
                Quote = new Asset(isSpot ? message.QuoteCoin : message.SettleCoin is { Length: > 0 } settle ? settle : message.QuoteCoin),
                TickSize = tick,
                LotSize = step,
                MinQuantity = least,
                MaxQuantity = most > 0 ? Math.Max(most, least) : Unlimited,
                MinNotional = leastValue,
            },
            Status = message.Status ?? "",
            IsTrading = message.Status == "Trading",
            MinPrice = message.PriceFilter?.MinPrice ?? 0,
            MaxPrice = message.PriceFilter?.MaxPrice ?? 0,
            TickSize = tick,
            MinQuantity = least,
            MaxQuantity = most,
            StepSize = step,
            MarketMaxQuantity = (isSpot ? lots.MaxMarketOrderQty : lots.MaxMktOrderQty) ?? 0,
            PostOnlyMaxQuantity = lots.PostOnlyMaxLimitOrderSize ?? 0,
            QuoteStep = isSpot ? lots.QuotePrecision ?? 0 : 0,
            MinNotional = leastValue,
            MinNotionalForMarket = true,
            NotionalFilter = "MIN_NOTIONAL",
            CanReplace = false,
            CanTrail = !isSpot,
            CanSizeInQuote = isSpot,
        };
    }
}
