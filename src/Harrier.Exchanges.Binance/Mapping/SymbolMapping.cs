using System.Collections.Frozen;
using Harrier.Domain;
using Harrier.Exchanges.Binance.Wire;
using Harrier.Exchanges.Symbols;

namespace Harrier.Exchanges.Binance.Mapping;

/// <summary>A symbol of exchangeInfo as rules and instrument.</summary>
internal static class SymbolMapping
{
    // For a symbol without a step of its own: the venue keeps eight decimals of everything.
    private const decimal FinestStep = 0.00000001m;
    private const decimal Unlimited = 1_000_000_000_000_000_000m;
    private const decimal Percent = 100;

    /// <summary>The rules, or null for what the platform does not trade: dated contracts, symbols without assets.</summary>
    public static SymbolRules? RulesOf(BinanceMarket market, VenueId venue, SymbolMessage message)
    {
        bool isOther = market == BinanceMarket.UsdM && message.ContractType is not (null or "PERPETUAL" or "TRADIFI_PERPETUAL");
        if (isOther || message.Symbol.Length == 0 || string.IsNullOrWhiteSpace(message.BaseAsset) || string.IsNullOrWhiteSpace(message.QuoteAsset))
        {
            return null;
        }

        string status = message.Status ?? message.ContractStatus ?? "";
        SymbolRules rules = new()
        {
            Definition = new InstrumentDefinition
            {
                Venue = venue,
                Symbol = message.Symbol,
                Kind = market == BinanceMarket.Spot ? InstrumentKind.Spot : InstrumentKind.LinearPerpetual,
                Base = new Asset(message.BaseAsset),
                Quote = new Asset(message.QuoteAsset),
                TickSize = FinestStep,
                LotSize = FinestStep,
            },
            Status = status,
            IsTrading = status == "TRADING",
            OrderTypes = FrozenSet.ToFrozenSet(message.OrderTypes ?? []),
            TimesInForce = FrozenSet.ToFrozenSet(message.TimeInForce ?? []),
            CanAmend = message.AmendAllowed ?? true,
            CanReplace = message.CancelReplaceAllowed ?? true,
            CanTrail = message.AllowTrailingStop ?? true,
            CanSizeInQuote = message.QuoteOrderQtyMarketAllowed ?? true,
        };
        foreach (FilterMessage filter in message.Filters)
        {
            rules = With(rules, filter);
        }

        return rules with { Definition = DefinitionOf(rules, message) };
    }

    private static InstrumentDefinition DefinitionOf(SymbolRules rules, SymbolMessage message) => rules.Definition with
    {
        TickSize = rules.TickSize > 0 ? rules.TickSize : FinestStep,
        LotSize = rules.StepSize > 0 ? rules.StepSize : FinestStep,
        MinQuantity = rules.MinQuantity,
        MaxQuantity = rules.MaxQuantity > 0 ? Math.Max(rules.MaxQuantity, rules.MinQuantity) : Unlimited,
        MinNotional = rules.MinNotional,
        MaintenanceMarginRate = message.MaintMarginPercent is > 0 and decimal percent ? percent / Percent : rules.Definition.MaintenanceMarginRate,
    };

    private static SymbolRules With(SymbolRules rules, FilterMessage filter) => filter.FilterType switch
    {
        "PRICE_FILTER" => rules with { MinPrice = filter.MinPrice ?? 0, MaxPrice = filter.MaxPrice ?? 0, TickSize = filter.TickSize ?? 0 },
        "LOT_SIZE" => rules with { MinQuantity = filter.MinQty ?? 0, MaxQuantity = filter.MaxQty ?? 0, StepSize = filter.StepSize ?? 0 },
        "MARKET_LOT_SIZE" => rules with { MarketMinQuantity = filter.MinQty ?? 0, MarketMaxQuantity = filter.MaxQty ?? 0, MarketStepSize = filter.StepSize ?? 0 },
        "MIN_NOTIONAL" => rules with
        {
            MinNotional = filter.Notional ?? filter.MinNotional ?? 0,
            MinNotionalForMarket = filter.ApplyToMarket ?? filter.Notional is not null,
            NotionalFilter = "MIN_NOTIONAL",
        },
        "NOTIONAL" => rules with
        {
            MinNotional = filter.MinNotional ?? 0,
            MinNotionalForMarket = filter.ApplyMinToMarket ?? false,
            MaxNotional = filter.MaxNotional ?? 0,
            MaxNotionalForMarket = filter.ApplyMaxToMarket ?? false,
        },
        "PERCENT_PRICE" => rules with
        {
            BuyBand = (filter.MultiplierDown ?? 0, filter.MultiplierUp ?? 0),
            SellBand = (filter.MultiplierDown ?? 0, filter.MultiplierUp ?? 0),
        },
        "PERCENT_PRICE_BY_SIDE" => rules with
        {
            BuyBand = (filter.BidMultiplierDown ?? 0, filter.BidMultiplierUp ?? 0),
            SellBand = (filter.AskMultiplierDown ?? 0, filter.AskMultiplierUp ?? 0),
        },
        "TRAILING_DELTA" => rules with
        {
            TrailingDelta = (
                Math.Max(filter.MinTrailingAboveDelta ?? 0, filter.MinTrailingBelowDelta ?? 0),
                Math.Min(filter.MaxTrailingAboveDelta ?? int.MaxValue, filter.MaxTrailingBelowDelta ?? int.MaxValue)),
        },
        "MAX_NUM_ORDERS" => rules with { MaxOrders = filter.MaxNumOrders ?? filter.Limit ?? 0 },
        "MAX_NUM_ALGO_ORDERS" => rules with { MaxConditionalOrders = filter.MaxNumAlgoOrders ?? filter.Limit ?? 0 },
        "MAX_POSITION" => rules with { MaxPosition = filter.MaxPosition ?? 0 },
        _ => rules,
    };
}
